// steps=60 ulps=0
// Scalar operations, with constants that tempt an optimizer (powers of 2 and 10, squares, square roots, exp of log),
// integers, bits and mixed precisions, on every machine the same.
neuro.model @Floats {
  %two = parameter "two" = 2.0
  %x = state "x" = 0.1
  %y = state "y" = 0.1
  %z = state "z" = 0.0
  %p2 = state "p2" = 0.0
  %p10 = state "p10" = 0.0
  %psquare = state "psquare" = 0.0
  %phalf = state "phalf" = 0.0
  %pinv = state "pinv" = 0.0
  %pcube = state "pcube" = 0.0
  %trig = state "trig" = 0.0
  %logs = state "logs" = 0.0
  %rounds = state "rounds" = 0.0
  %bounds = state "bounds" = 0.0
  %single = state "single" = 0.1 : f32
  %I = input "I"
  update {
    %c0 = arith.constant 0.37 : f64
    %c2 = arith.constant 2.0 : f64
    %c10 = arith.constant 10.0 : f64
    %c3 = arith.constant 3.0 : f64
    %half = arith.constant 0.5 : f64
    %m1 = arith.constant -1.0 : f64
    %grow = arith.mulf %x, %c0 : f64
    %sum = arith.addf %grow, %I : f64
    %nx = arith.addf %sum, %half : f64
    assign %x, %nx : f64
    %a = math.powf %c2, %x : f64
    assign %p2, %a : f64
    %b = math.powf %c10, %x : f64
    assign %p10, %b : f64
    %c = math.powf %x, %c2 : f64
    assign %psquare, %c : f64
    %d = math.powf %x, %half : f64
    assign %phalf, %d : f64
    %e = math.powf %x, %m1 : f64
    assign %pinv, %e : f64
    %f = math.powf %x, %c3 : f64
    assign %pcube, %f : f64
    %s = math.sin %x : f64
    %co = math.cos %x : f64
    %t = math.tanh %s : f64
    %st = arith.addf %t, %co : f64
    assign %trig, %st : f64
    %l = math.log %x : f64
    %el = math.exp %l : f64
    %l1 = math.log1p %el : f64
    %em = math.expm1 %l1 : f64
    %q = math.sqrt %em : f64
    assign %logs, %q : f64
    %big = arith.mulf %x, %c10 : f64
    %r1 = math.floor %big : f64
    %r2 = math.ceil %big : f64
    %r3 = math.round %big : f64
    %r4 = math.roundeven %big : f64
    %r5 = math.trunc %big : f64
    %r12 = arith.addf %r1, %r2 : f64
    %r34 = arith.mulf %r3, %r4 : f64
    %r1234 = arith.subf %r12, %r34 : f64
    %r = arith.remf %r1234, %c3 : f64
    %rr = math.copysign %r, %r5 : f64
    assign %rounds, %rr : f64
    %b1 = arith.maximumf %x, %I : f64
    %b2 = arith.minimumf %b1, %half : f64
    %b3 = arith.maxnumf %b2, %grow : f64
    %b4 = arith.minnumf %b3, %c2 : f64
    %b5 = math.absf %r1234 : f64
    %b6 = math.fma %b4, %b5, %x : f64
    assign %bounds, %b6 : f64
    %short = arith.truncf %x : f64 to f32
    %k = arith.constant 0.3 : f32
    %sk = arith.mulf %short, %k : f32
    %se = math.exp %sk : f32
    %sp = math.powf %k, %short : f32
    %ss = arith.addf %se, %sp : f32
    assign %single, %ss : f32
    %wide = arith.extf %single : f32 to f64
    assign %y, %wide : f64
  }
  emit {
    yield %y : f64
  }
}
neuro.model @Integers {
  %step = parameter "step" = 3 : i32
  %flag = parameter "flag" = 1 : i1
  %n = state "n" = 2147483600 : i32
  %m = state "m" = -5 : i64
  %b = state "b" = 1 : i1
  %c = state "c" = 0 : i1
  %f = state "f" = 0.0
  %x = input "x"
  update {
    %0 = arith.addi %n, %step : i32
    assign %n, %0 : i32
    %wide = arith.extsi %n : i32 to i64
    %three = arith.constant 3 : i64
    %1 = arith.muli %m, %three : i64
    %mask = arith.constant 1048575 : i64
    %2 = arith.andi %1, %mask : i64
    %3 = arith.xori %2, %wide : i64
    %4 = arith.andi %3, %mask : i64
    %5 = arith.maxsi %4, %three : i64
    %6 = arith.subi %5, %three : i64
    assign %m, %6 : i64
    %true = arith.constant true
    %7 = arith.xori %b, %true : i1
    assign %b, %7 : i1
    %8 = arith.cmpi eq, %b, %flag : i1
    %9 = arith.cmpi sgt, %n, %step : i32
    %10 = arith.andi %8, %9 : i1
    assign %c, %10 : i1
    %11 = arith.sitofp %n : i32 to f64
    %12 = arith.uitofp %b : i1 to f64
    %13 = arith.sitofp %c : i1 to f64
    %14 = arith.uitofp %n : i32 to f64
    %15 = arith.addf %11, %12 : f64
    %16 = arith.addf %15, %13 : f64
    %17 = arith.subf %16, %14 : f64
    %18 = arith.extui %b : i1 to i32
    %19 = arith.cmpi ult, %n, %18 : i32
    %20 = arith.select %19, %17, %16 : f64
    %21 = arith.fptosi %x : f64 to i32
    %22 = arith.sitofp %21 : i32 to f64
    %23 = arith.addf %20, %22 : f64
    assign %f, %23 : f64
  }
  fire {
    %0 = arith.ori %b, %c : i1
    yield %0 : i1
  }
}
neuro.network @operations dt = 1.0 ms seed = 1 {
  source @in [3] is #neuro.external
  population @floats [3] of @Floats
  population @integers [3] of @Integers parameters {step = dense<[1, 3, -7]> : tensor<3xi32>, flag = dense<[true, false, true]> : tensor<3xi1>} initial {b = dense<[false, true, true]> : tensor<3xi1>}
  projection @a from @in to @floats via #neuro.one_to_one<weight = 1.5>
  projection @b from @floats to @integers via #neuro.one_to_one<weight = 1.0>
  probe @q0 of @floats "x"
  probe @q1 of @floats "p2"
  probe @q2 of @floats "p10"
  probe @q3 of @floats "psquare"
  probe @q4 of @floats "phalf"
  probe @q5 of @floats "pinv"
  probe @q6 of @floats "pcube"
  probe @q7 of @floats "trig"
  probe @q8 of @floats "logs"
  probe @q9 of @floats "rounds"
  probe @q10 of @floats "bounds"
  probe @q11 of @floats "single"
  probe @q12 of @floats "y"
  probe @i0 of @integers "n"
  probe @i1 of @integers "m"
  probe @i2 of @integers "b"
  probe @i3 of @integers "c"
  probe @i4 of @integers "f"
}
