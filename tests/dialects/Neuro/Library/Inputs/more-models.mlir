neuro.model @Mine {
  %x = input "x"
}
