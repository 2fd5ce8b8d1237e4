// Crossbars that break the rules xbar_c1 to xbar_c4 of docs/spec-xbar.md.
// RUN: engram-opt %s --split-input-file --verify-diagnostics

// xbar_c1
// expected-error@+1 {{expected 'weights' to be targets by sources, got 'tensor<2xf64>'}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c1
// expected-error@+1 {{expected 'codes' to be an array of integers}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7.0> : tensor<2x1x2x1xf32>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c1
// expected-error@+1 {{expected 'codes' to be sources by slices by 2 by targets, got 'tensor<2x1x2x2xui8>'}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x2xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected 'rows' to be 1 to 128, got 129}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, rows = 129, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected 'columns' to be 1 to 128, got 0}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, columns = 0, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected 'bits' to be 1 to 16, got 17}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 17, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected 'shift' to be 0 to 31, got -1}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = -1, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected at most 4 slices, got 5}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x5x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c2
// expected-error@+1 {{expected at most 256 tiles of a projection, got 257}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<257x1xf64>, codes = dense<7> : tensor<1x1x2x257xui8>, columns = 1, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'gain' to be tiles by slices, got 'tensor<2x1xi32>'}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<2x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'codes' to be 0 to 255, got 256}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<256> : tensor<2x1x2x1xi32>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'low' to be -524288 to 524287, got 524288}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<524288> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'gain' to be 0 to 16777215, got 16777216}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<16777216> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'zero' to be -32768 to 32767, got -32769}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<-32769> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>} {
}

// -----

// xbar_c3
// expected-error@+1 {{expected 'scale' to be 0 to 65535, got 65536}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<65536> : tensor<1x1xi32>>} {
}

// -----

// xbar_c4
// expected-error@+1 {{expected both 'noise' and 'sigma', or none}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>, sigma = dense<1> : tensor<16xi32>>} {
}

// -----

// xbar_c4
// expected-error@+1 {{expected 'noise' to be 64 by 128, got 'tensor<64x64xi8>'}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>, noise = dense<1> : tensor<64x64xi8>, sigma = dense<1> : tensor<16xi32>>} {
}

// -----

// xbar_c4
// expected-error@+1 {{expected 'sigma' to be 0 to 255, got 256}}
module attributes {t.c = #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>, noise = dense<1> : tensor<64x128xi8>, sigma = dense<256> : tensor<16xi32>>} {
}
