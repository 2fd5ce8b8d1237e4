// steps=400
// Powers that an optimizer likes to rewrite: the bits are those of the library function, on every machine.
neuro.model @Powers {
  %x = state "x" = 0.5
  %square = state "square" = 0.0
  %two = state "two" = 0.0
  %root = state "root" = 0.0
  %general = state "general" = 0.0
  update {
    %c2 = arith.constant 2.0 : f64
    %half = arith.constant 0.5 : f64
    %u = uniform 0 : f64
    %v = uniform 1 : f64
    %a = math.powf %u, %c2 : f64
    %b = math.powf %c2, %u : f64
    %c = math.powf %u, %half : f64
    %d = math.powf %u, %v : f64
    assign %x, %u : f64
    assign %square, %a : f64
    assign %two, %b : f64
    assign %root, %c : f64
    assign %general, %d : f64
  }
}
neuro.network @powers dt = 1.0 ms seed = 3 {
  population @p [50] of @Powers
  probe @square of @p "square"
  probe @two of @p "two"
  probe @root of @p "root"
  probe @general of @p "general"
}
