// RUN: engram-opt %s --split-input-file --neuro-quantize-models=range=v=-2:2 2>/dev/null | FileCheck %s
// RUN: engram-opt %s --split-input-file --neuro-quantize-models="range=v=-2:2 rounding=stochastic" 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=CHANCE

// Constants become parameters, the linear part a row of products, formats those of ranges. The counter stays.
// CHECK-LABEL: neuro.model @Cell.a.fx
// CHECK-DAG:  %v_to_v = parameter "v_to_v" = 0.8 : !fx.uq<0, 16>
// CHECK-DAG:  %I_to_v = parameter "I_to_v" = 0.6{{0*[0-9]?}} : !fx.uq<0, 15>
// CHECK-DAG:  %v_threshold = parameter "v_threshold" : !fx.uq<1, 2>
// CHECK-DAG:  %refractory_steps = parameter "refractory_steps" = 3 : i32
// CHECK-DAG:  %counter = state "counter" = 0 : i32
// CHECK-DAG:  %v = state "v" = 0.25 mV : !fx.q<2, 14>
// CHECK-DAG:  %I = input "I" : !fx.q<2, 3>
// CHECK:      update {
// CHECK:        %[[LEFT:.*]] = arith.subi %counter, %{{.*}} : i32
// CHECK:        %[[PART:.*]] = fx.mul %v_to_v, %v nearest_even : !fx.uq<0, 16>, !fx.q<2, 14> -> !fx.q<2, 18>
// CHECK:        %[[NEXT:.*]] = fx.mul_add %I_to_v, %I, %[[PART]] nearest_even : !fx.uq<0, 15>, !fx.q<2, 3>, !fx.q<2, 18> -> !fx.q<2, 14>
// CHECK:        assign %counter, %[[LEFT]] : i32
// CHECK:        assign %v, %[[NEXT]] : !fx.q<2, 14>
// CHECK:      fire {
// CHECK:        fx.cmp gt, %v, %{{.*}} : !fx.q<2, 14>
// CHECK:      reset {
// CHECK:        assign %counter, %refractory_steps : i32
// CHECK-LABEL: neuro.network @n
// CHECK:       source @in [2] is #neuro.external as !fx.uq<1, 0>
// CHECK:       population @a [2] of @Cell.a.fx parameters {v_threshold = dense<[1.0{{.*}}, 1.25{{.*}}]> : tensor<2xf64>}
// CHECK-SAME:    neuro.state_error
// CHECK-SAME:    v_to_v = {error = 3.05{{[0-9]*}}E-6 : f64, format = !fx.uq<0, 16>
// CHECK-SAME:    v = {format = !fx.q<2, 14>, from = "option", range = array<f64: -2.0{{.*}}, 2.0{{.*}}>
// CHECK:       projection @x from @in to @a via #neuro.dense<{{.*}}> as !fx.q<1, 3>
// CHECK:       probe @v of @a "v"

// Each rounding draws a number of its own, where something is rounded.
// CHANCE-LABEL: neuro.model @Cell.a.fx
// CHANCE:      update {
// CHANCE:        %[[R0:.*]] = random 0 : i32
// CHANCE:        fx.mul %v_to_v, %v stochastic(%[[R0]])
// CHANCE:        %[[R1:.*]] = random 1 : i32
// CHANCE:        fx.mul_add %I_to_v, %I, %{{.*}} stochastic(%[[R1]])
neuro.model @Cell.a {
  %tau = parameter "tau" = 5.0
  %r = parameter "r" = 3.0
  %v_threshold = parameter "v_threshold" = 1.0
  %refractory_steps = parameter "refractory_steps" = 3 : i32
  %v = state "v" = 0.25 mV
  %counter = state "counter" = 0 : i32
  %I = input "I"
  update {
    %one = arith.constant 1 : i32
    %left = arith.subi %counter, %one : i32
    %drive = arith.mulf %r, %I : f64
    %gap = arith.subf %drive, %v : f64
    %dv = arith.divf %gap, %tau : f64
    %next = arith.addf %v, %dv : f64
    assign %counter, %left : i32
    assign %v, %next : f64
  }
  fire {
    %z = arith.cmpf ogt, %v, %v_threshold : f64
    yield %z : i1
  }
  reset {
    %zero = arith.constant 0.0 : f64
    assign %v, %zero : f64
    assign %counter, %refractory_steps : i32
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [2] is #neuro.external {neuro.ranges = {fraction_bits = 0 : i64, range = array<f64: 0.0, 1.0>}}
  population @a [2] of @Cell.a parameters {v_threshold = dense<[1.0, 1.25]> : tensor<2xf64>}
  projection @x from @in to @a via #neuro.dense<weights = dense<[[0.5, 0.25], [0.75, -0.375]]> : tensor<2x2xf64>>
  probe @v of @a "v"
}

// -----

// A function of one number is pieces of polynomials between which comparisons select; what else depends on one number
// alone goes with it. A random number is compared with 32 fraction bits.
// CHECK-LABEL: neuro.model @Noisy.a.fx
// CHECK:      fire {
// CHECK:        %[[WORD:.*]] = random 0 : i32
// CHECK:        fx.bitcast %[[WORD]] : i32 -> !fx.uq<0, 32>
// CHECK-NOT:    math.
// CHECK:        fx.cmp ge, %{{.*}}, %{{.*}} : !fx.q<2, 14>
// CHECK:        arith.select
// CHECK:        fx.mul_add
// CHECK-NOT:    math.
// CHECK:        fx.cmp lt, %{{.*}} : !fx.q<1, 32>
// CHECK:      population @a
// CHECK-SAME: functions = [{domain = {{.*}}, name = "fire: arith.negf", pieces = {{[0-9]+}} : i64
neuro.model @Noisy.a {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
  fire {
    %e = math.exp %v : f64
    %h = arith.negf %e : f64
    %m = math.expm1 %h : f64
    %p = arith.negf %m : f64
    %u = uniform 0 : f64
    %z = arith.cmpf olt, %u, %p : f64
    yield %z : i1
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  population @a [1] of @Noisy.a
  projection @x from @in to @a via #neuro.one_to_one<weight = 0.5>
}

// -----

// A graded output goes out in the format of its state; a bias gets 16 bits, and the port their step.
// CHECK-LABEL: neuro.network @graded
// CHECK:       projection @x from @in to @a {{.*}} as !fx.uq<0, 1>
// CHECK:       projection @y from @a to @b {{.*}} as !fx.uq<-1, 2> bias dense<0.10000038146972656> : tensor<1xf64>
neuro.model @Out.a {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
  emit {
    yield %v : f64
  }
}
neuro.network @graded dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  population @a [1] of @Out.a
  population @b [1] of @Out.a
  projection @x from @in to @a via #neuro.one_to_one<weight = 0.5>
  projection @y from @a to @b via #neuro.one_to_one<weight = 0.25> bias dense<0.1> : tensor<1xf64>
}

// -----

// In a cycle of graded outputs, one gets the format that its range in calibration asks for before its ports are known.
// CHECK-LABEL: neuro.model @R.b.fx
// CHECK:       %x = input "x" : !fx.q<2, 15>
// CHECK-LABEL: neuro.model @R.a.fx
// CHECK:       %x = input "x" : !fx.q<2, 16>
// CHECK:       %[[OUT:.*]] = fx.convert %x nearest_even : !fx.q<2, 16> -> !fx.q<2, 14>
// CHECK:       yield %[[OUT]] : !fx.q<2, 14>
// CHECK-LABEL: neuro.network @cycle
// CHECK:       population @a [1] of @R.a.fx
// CHECK:       population @b [1] of @R.b.fx
neuro.model @R {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
neuro.network @cycle dt = 1.0 ms {
  population @a [1] of @R {neuro.ranges = {inputs = {x = array<f64: -1.0, 1.0>}, output = array<f64: -1.0, 1.0>}}
  population @b [1] of @R {neuro.ranges = {inputs = {x = array<f64: -1.0, 1.0>}, output = array<f64: -1.0, 1.0>}}
  projection @p from @a to @b via #neuro.one_to_one<weight = 0.5>
  projection @q from @b to @a via #neuro.one_to_one<weight = 0.5> delay 1
  projection @r from @a to @a via #neuro.one_to_one<weight = 0.5> delay 1
}

// -----

// A count is a whole number in every step, so it has no fraction bits, and neither does what it is sent to; a number that
// the model writes is a constant of the format that it meets.
// CHECK-LABEL: neuro.model @Counter.a.fx
// CHECK:       %count = state "count" = 0.0 : !fx.q<{{[0-9]}}, 0>
// CHECK:       %v = state "v" = 0.0 : !fx.q<2, 14>
// CHECK:       update {
// CHECK:         %[[FLOOR:.*]] = fx.constant -1.0 : !fx.q<2, 14>
// CHECK:         fx.max %v, %[[FLOOR]] : !fx.q<2, 14>
// CHECK:       yield %count : !fx.q<{{[0-9]}}, 0>
// CHECK-LABEL: neuro.model @Counter.b.fx
// CHECK:       %I = input "I" : !fx.q<{{[0-9]}}, 1>
neuro.model @Counter {
  %count = state "count" = 0.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %least = arith.constant -1.0 : f64
    %kept = arith.maximumf %v, %least : f64
    %next = arith.addf %kept, %I : f64
    %whole = math.floor %next : f64
    assign %v, %next : f64
    assign %count, %whole : f64
  }
  emit {
    yield %count : f64
  }
}
neuro.network @counts dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  population @a [1] of @Counter
  population @b [1] of @Counter
  projection @x from @in to @a via #neuro.one_to_one<weight = 0.75>
  projection @y from @a to @b via #neuro.one_to_one<weight = 0.5>
}
