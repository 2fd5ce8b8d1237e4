neuro.model @Mine {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
neuro.model @IF doc "shadows the library's" {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
