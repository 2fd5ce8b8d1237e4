// The example that docs/spec.md traces by hand. Its numbers are exact in binary, so they are the same everywhere.
// RUN: %engram run %s --target=reference --steps 9 --output a:v=%t.av.csv --output b:v=%t.bv.csv --output a:spikes=%t.as.csv --output b:spikes=%t.bs.csv
// RUN: cat %t.av.csv %t.bv.csv %t.as.csv %t.bs.csv | FileCheck %s
// RUN: %engram run %s --target=cpu --steps 9 --output a:v=%t.av.csv --output b:v=%t.bv.csv --output a:spikes=%t.as.csv --output b:spikes=%t.bs.csv
// RUN: cat %t.av.csv %t.bv.csv %t.as.csv %t.bs.csv | FileCheck %s

// CHECK: step,time_ms,v{{.}}0{{.}}
// CHECK-NEXT: {{^}}0,0,0.5{{$}}
// CHECK-NEXT: {{^}}1,1,0.5{{$}}
// CHECK-NEXT: {{^}}2,2,0.5{{$}}
// CHECK-NEXT: {{^}}3,3,0.75{{$}}
// CHECK-NEXT: {{^}}4,4,0.875{{$}}
// CHECK-NEXT: {{^}}5,5,0.875{{$}}
// CHECK-NEXT: {{^}}6,6,0.875{{$}}
// CHECK-NEXT: {{^}}7,7,0.9375{{$}}
// CHECK-NEXT: {{^}}8,8,0.96875{{$}}
// CHECK: step,time_ms,v{{.}}0{{.}}
// CHECK-NEXT: {{^}}0,0,0{{$}}
// CHECK-NEXT: {{^}}1,1,0{{$}}
// CHECK-NEXT: {{^}}2,2,0.5{{$}}
// CHECK-NEXT: {{^}}3,3,0.25{{$}}
// CHECK-NEXT: {{^}}4,4,0.125{{$}}
// CHECK-NEXT: {{^}}5,5,0.0625{{$}}
// CHECK-NEXT: {{^}}6,6,0.53125{{$}}
// CHECK-NEXT: {{^}}7,7,0.265625{{$}}
// CHECK-NEXT: {{^}}8,8,0.1328125{{$}}
// CHECK-NEXT: step,time_ms,population,neuron
// CHECK-NEXT: {{^}}0,0,a,0{{$}}
// CHECK-NEXT: {{^}}4,4,a,0{{$}}
// CHECK-NEXT: {{^}}8,8,a,0{{$}}
// CHECK-NEXT: step,time_ms,population,neuron
// CHECK-NEXT: {{^}}2,2,b,0{{$}}
// CHECK-NEXT: {{^}}6,6,b,0{{$}}
// CHECK-NOT: ,b,

neuro.model @Cell time ms method euler {
  %tau = parameter "tau" = 2.0 ms positive
  %theta = parameter "theta" = 1.0
  %t_ref = parameter "t_ref" = 0.0 ms
  %v = state "v" = 0.0
  %I = input "I"
  dynamics {
    %gap = arith.subf %I, %v : f64
    %dv = arith.divf %gap, %tau : f64
    derivative %v, %dv : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %above = arith.cmpf ogt, %v, %theta : f64
    yield %above : i1
  }
  reset {
    %rest = arith.subf %v, %theta : f64
    assign %v, %rest : f64
  }
}
neuro.network @pair dt = 1.0 ms {
  source @drive [1] is #neuro.current<starts = [0], values = dense<3.0> : tensor<1xf64>>
  population @a [1] of @Cell parameters {t_ref = 2.0 ms}
  population @b [1] of @Cell
  projection @in from @drive to @a via #neuro.one_to_one<weight = 1.0>
  projection @excite from @a to @b via #neuro.one_to_one<weight = 3.0> delay 2
  projection @inhibit from @b to @a via #neuro.one_to_one<weight = -2.0> delay 1.0 ms
}
