// Units in assembly: keywords stand bare, products and powers in quotation marks; both are kept as written.
// RUN: %engram-opt %s --split-input-file --verify-diagnostics > %t.once
// RUN: FileCheck %s < %t.once

// CHECK:      neuro.model @M time us
// CHECK:      parameter "a" = 1.0 mV
// CHECK:      parameter "b" = 1.0 "mS/cm^2"
// CHECK:      parameter "c" = 1.0 "1/ms"
// CHECK:      parameter "d" = 1.0 MOhm
// CHECK:      parameter "e" = 1.0 "furlong"
neuro.model @M time us {
  %a = parameter "a" = 1.0 "mV"
  %b = parameter "b" = 1.0 "mS/cm^2"
  %c = parameter "c" = 1.0 "1/ms"
  %d = parameter "d" = 1.0 MOhm
  %e = parameter "e" = 1.0 "furlong"
}
// CHECK:      population @p [1] of @M parameters {a = 0.05 V, b = 1.0 "S/m^2", c = 2.0 kHz, d = 1.0 GOhm, e = 2.0 "furlong"}
neuro.network @n dt = 1.0 s {
  population @p [1] of @M parameters {a = 0.05 V, b = 1.0 "S/m^2", c = 2.0 kHz, d = 1.0 GOhm, e = 2.0 "furlong"}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0 "furlong"
}
neuro.network @n dt = 1.0 s {
  // expected-error @below {{parameter 'a': cannot convert 'mV' to 'furlong'}}
  population @p [1] of @M parameters {a = 0.05 mV}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0
}
neuro.network @n dt = 1.0 s {
  // expected-error @below {{parameter 'a': cannot convert 'mV' to '1'}}
  population @p [1] of @M parameters {a = 0.05 mV}
}
