// Each message of the verifiers and the parsers of 'fx'; the names are those of the rules in docs/spec-fx.md.
// RUN: %engram-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{expected a width from 1 to 64 bits for a signed number, got 65}}
func.func private @fx_c1_signed(!fx.q<33, 32>)

// -----

// expected-error @below {{expected a width from 1 to 63 bits for an unsigned number, got 64}}
func.func private @fx_c1_unsigned(!fx.uq<32, 32>)

// -----

// expected-error @below {{expected a width from 1 to 64 bits for a signed number, got 0}}
func.func private @fx_c1_nothing(!fx.q<-8, 8>)

// -----

// expected-error @below {{expected from -64 to 64 fraction bits, got 65}}
func.func private @fx_c2_fine(!fx.q<-1, 65>)

// -----

// expected-error @below {{expected from -64 to 64 fraction bits, got -65}}
func.func private @fx_c2_coarse(!fx.q<66, -65>)

// -----

// expected-error @below {{expected '!fx.q' or '!fx.uq', got '!fx.fixed'}}
func.func private @unknown_type(!fx.fixed<8, 8>)

// -----

func.func @fx_c3_step() {
  // expected-error @below {{expected a number of '!fx.q<8, 8>', which has steps of 2^-8 from -128.0 to 127.99609375; the nearest one is 0.1015625}}
  %0 = fx.constant 0.1 : !fx.q<8, 8>
  return
}

// -----

func.func @fx_c3_range() {
  // expected-error @below {{expected a number of '!fx.q<8, 8>', which has steps of 2^-8 from -128.0 to 127.99609375; the nearest one is 127.99609375}}
  %0 = fx.constant 128.0 : !fx.q<8, 8>
  return
}

// -----

func.func @fx_c3_beyond_a_double() {
  // expected-error @below {{the nearest one is raw 9223372036854775807}}
  %0 = fx.constant 9223372036854775808.0 : !fx.q<64, 0>
  return
}

// -----

func.func @fx_c3_underflow() {
  // expected-error @below {{the nearest one is 0.0}}
  %0 = fx.constant 4.9e-324 : !fx.q<66, -64>
  return
}

// -----

func.func @fx_c3_raw() {
  // expected-error @below {{expected a raw number from 0 to 255 for '!fx.uq<4, 4>', got -1}}
  %0 = fx.constant raw -1 : !fx.uq<4, 4>
  return
}

// -----

func.func @constant_type() {
  // expected-error @below {{expected a fixed-point type, got 'i8'}}
  %0 = fx.constant 1.0 : i8
  return
}

// -----

// expected-error @below {{expected ': ' and a fixed-point type behind '#fx.value<...>'}}
func.func private @value_without_type() attributes {value = #fx.value<1.0>}

// -----

func.func @unknown_rounding(%a: !fx.q<8, 8>) {
  // expected-error @below {{expected 'nearest_even', 'toward_zero', 'floor' or 'stochastic', got 'up'}}
  %0 = fx.convert %a up : !fx.q<8, 8> -> !fx.q<4, 4>
  return
}

// -----

func.func @fx_c4_missing(%a: !fx.q<8, 8>) {
  // expected-error @below {{expected a random operand for the rounding 'stochastic'}}
  %0 = "fx.convert"(%a) {rounding = 3 : i32} : (!fx.q<8, 8>) -> !fx.q<4, 4>
  return
}

// -----

func.func @fx_c4_superfluous(%a: !fx.q<8, 8>, %r: i32) {
  // expected-error @below {{expected no random operand for the rounding 'floor'}}
  %0 = "fx.convert"(%a, %r) {rounding = 2 : i32} : (!fx.q<8, 8>, i32) -> !fx.q<4, 4>
  return
}

// -----

func.func @fx_c5(%a: !fx.q<64, 0>, %b: !fx.q<8, 0>) {
  // expected-error @below {{expected product and addend to have an exact sum of at most 127 bits, got 128}}
  %0 = fx.mul_add %a, %a, %b floor : !fx.q<64, 0>, !fx.q<64, 0>, !fx.q<8, 0> -> !fx.q<64, 0>
  %1 = fx.mul_add %a, %b, %b floor : !fx.q<64, 0>, !fx.q<8, 0>, !fx.q<8, 0> -> !fx.q<64, 0>
  return
}

// -----

func.func @fx_c6_width(%a: !fx.q<8, 8>) {
  // expected-error @below {{expected types of the same width, got '!fx.q<8, 8>' and 'i32'}}
  %0 = fx.bitcast %a : !fx.q<8, 8> -> i32
  return
}

// -----

func.func @fx_c6_side(%a: i8) {
  // expected-error @below {{expected a fixed-point type on one side, got 'i8' and 'i8'}}
  %0 = fx.bitcast %a : i8 -> i8
  return
}

// -----

func.func @word(%a: i64, %b: i32) {
  // expected-error @below {{attribute 'word' failed to satisfy constraint}}
  %0 = fx.random seed %a stream %b index %a step %b word 4
  return
}
