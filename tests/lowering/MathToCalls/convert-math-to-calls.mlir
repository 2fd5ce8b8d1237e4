// What the C library has becomes a call of it; the rest stays.
// RUN: %engram-opt --convert-math-to-calls %s | FileCheck %s

// CHECK-LABEL: func @functions
// CHECK-SAME: (%[[X:.*]]: f64, %[[Y:.*]]: f32)
func.func @functions(%x: f64, %y: f32) -> (f64, f32, f64) {
  // CHECK: call @expm1(%[[X]]) : (f64) -> f64
  %a = math.expm1 %x : f64
  // CHECK: call @log1pf(%[[Y]]) : (f32) -> f32
  %b = math.log1p %y : f32
  // CHECK: math.copysign
  %c = math.copysign %x, %a : f64
  return %a, %b, %c : f64, f32, f64
}
