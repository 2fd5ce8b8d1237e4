// RUN: %engram-opt %s --neuro-discretize | FileCheck %s
// RUN: %engram-opt %s --neuro-discretize --neuro-verify-discrete -o /dev/null
// RUN: %engram-opt %s --neuro-discretize=method=rk4 | FileCheck %s --check-prefix=RK4

neuro.model @Leaky time ms method euler {
  %tau = parameter "tau" = 10.0 ms
  %v = state "v" = 0.0
  %w = state "w" = 0.0
  %I = input "I"
  dynamics {
    %0 = arith.subf %I, %v : f64
    %1 = arith.divf %0, %tau : f64
    derivative %v, %1 : f64
    %2 = arith.subf %v, %w : f64
    derivative %w, %2 : f64
  }
}

// By Euler: both from old values, h = 0.5.
// CHECK-LABEL: neuro.model @Leaky.euler {
// CHECK-NOT:     dynamics
// CHECK:         update {
// CHECK-NEXT:      %[[D:.+]] = arith.subf %I, %v : f64
// CHECK-NEXT:      %[[F:.+]] = arith.divf %[[D]], %tau : f64
// CHECK-NEXT:      %[[H:.+]] = arith.constant 5.000000e-01 : f64
// CHECK-NEXT:      %[[M:.+]] = arith.mulf %[[H]], %[[F]] : f64
// CHECK-NEXT:      %[[V:.+]] = arith.addf %v, %[[M]] : f64
// CHECK-NEXT:      arith.subf %v, %w : f64
// CHECK:           assign %v, %[[V]] : f64

// By sequential Euler the second state sees the new first one.
// CHECK-LABEL: neuro.model @Leaky.sequential {
// CHECK:           %[[V:.+]] = arith.addf %v, %{{.+}} : f64
// CHECK-NEXT:      arith.subf %[[V]], %w : f64

// By exponential Euler the factor of the state is found in the text.
// CHECK-LABEL: neuro.model @Leaky.exponential {
// CHECK:           math.expm1
// CHECK:           arith.select

// Exactly: propagators are parameters; they differ where the parameters of the model do.
// CHECK-LABEL: neuro.model @Leaky.exact {
// CHECK-DAG:     parameter "exp_v_v"
// CHECK-DAG:     parameter "int_v_v"
// CHECK-DAG:     parameter "exp_w_v"
// CHECK-DAG:     parameter "int_w_v"
// CHECK-DAG:     parameter "exp_w_w"
// CHECK-NOT:     parameter "exp_v_w"
// CHECK-NOT:     parameter "int_w_w"
// CHECK:         update

// RK4-LABEL: neuro.model @Leaky.euler {
// RK4:             arith.constant 2.500000e-01
// RK4:             arith.constant 2.500000e-01
// RK4:             arith.constant 5.000000e-01
// RK4:             arith.constant 2.000000e+00
// RK4:             arith.constant 0.083333333333333329

// A refractory time of 1 ms is two steps, and the counter starts from three; what is held keeps its value in
// receive and update; a name that the model has is not taken again.
neuro.model @Refractory time ms method euler {
  %t_ref = parameter "t_ref" = 1.0 ms
  %taken = parameter "refractory_steps" = 5.0
  %counter = state "refractory_counter" = 5.0
  %v = state "v" = 0.0
  %I = input "I"
  receive {
    %0 = arith.addf %v, %I : f64
    assign %v, %0 : f64
  }
  dynamics {
    derivative %v, %taken : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %0 = arith.cmpf ogt, %v, %taken : f64
    yield %0 : i1
  }
}
// CHECK-LABEL: neuro.model @Refractory.r {
// CHECK-DAG:     %[[C:.+]] = state "refractory_counter_" = 0 : i32
// CHECK-DAG:     %[[L:.+]] = parameter "refractory_steps_" : i32
// CHECK:         receive {
// CHECK:           %[[HOLDS:.+]] = arith.cmpi sgt, %[[C]], %{{.+}} : i32
// CHECK:           arith.select %[[HOLDS]], %v,
// CHECK:         update {
// CHECK:           %[[LOW:.+]] = arith.subi %[[C]],
// CHECK:           %[[LEFT:.+]] = arith.select %{{.+}}, %[[LOW]], %[[C]] : i32
// CHECK:           %[[HOLDS:.+]] = arith.cmpi sgt, %[[LEFT]],
// CHECK:           arith.select %[[HOLDS]], %v,
// CHECK:           assign %[[C]], %[[LEFT]] : i32
// CHECK-NOT:     refractory %
// CHECK:         fire {
// CHECK:           arith.cmpi sle, %[[C]],
// CHECK:           arith.andi
// CHECK:         reset {
// CHECK:           assign %[[C]], %[[L]] : i32

// Nothing to do for what is discrete; the length of a step is a constant elsewhere.
neuro.model @Counts {
  %n = state "n" = 0 : i32
}
neuro.model @Steps time s {
  %h = state "h" = 0.0
  update {
    %0 = time_step : f64
    assign %h, %0 : f64
  }
}
// CHECK-LABEL: neuro.model @Steps.steps {
// CHECK:           arith.constant 5.000000e-04
// A population of the same name in another network has a model of its own.
// CHECK-LABEL: neuro.model @Steps.steps.1 {
// CHECK:           arith.constant 1.000000e-03

// CHECK-LABEL: neuro.network @n dt = 0.5 ms
// CHECK:         population @euler [1] of @Leaky.euler
// CHECK-NOT:     method
// CHECK:         population @exact [2] of @Leaky.exact parameters {exp_v_v = dense<[0.606
// CHECK-SAME:      0.904
// CHECK:         population @r [3] of @Refractory.r parameters {refractory_steps_ = dense<[3, 1, 4]> : tensor<3xi32>, t_ref = dense
// CHECK:         population @counts [1] of @Counts
// CHECK:         delay 4
// CHECK:         delay 3
// CHECK-LABEL: neuro.network @other
// CHECK:         population @steps [1] of @Steps.steps.1
neuro.network @n dt = 0.5 ms {
  population @euler [1] of @Leaky
  population @sequential [1] of @Leaky method sequential_euler
  population @exponential [1] of @Leaky method exponential_euler
  population @exact [2] of @Leaky parameters {tau = dense<[1.0, 5.0]> : tensor<2xf64>} method exact
  population @r [3] of @Refractory parameters {t_ref = dense<[1.0, 0.0, 1.5]> : tensor<3xf64>}
  population @counts [1] of @Counts
  population @steps [1] of @Steps
  projection @a from @euler to @euler via #neuro.one_to_one<weight = 1.0> delay 0.002 s
  projection @b from @euler to @euler via #neuro.one_to_one<weight = 1.0> delay 3
}
neuro.network @other dt = 1.0 ms {
  population @steps [1] of @Steps
}
