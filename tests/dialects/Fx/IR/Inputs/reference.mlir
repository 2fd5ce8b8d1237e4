// Written by reference.py beside it: operations of 'fx' and checksums of their results, computed as exact
// rational numbers. 'all' are all operands of the formats, 'sample' 2000 with many extreme ones.
func.func @f0(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "bb5703ea38a43ca5"} {
  %r = fx.add %0, %1 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f1(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "fc1004d115298f25"} {
  %r = fx.sub %0, %1 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f2(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "4899ca125c25e125"} {
  %r = fx.min %0, %1 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f3(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "eba2dac3da821025"} {
  %r = fx.max %0, %1 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f4(%0: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "15b78cfe8dec18da"} {
  %r = fx.neg %0 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f5(%0: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "1cee734614b5225a"} {
  %r = fx.abs %0 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f6(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "e2950586c26f996e"} {
  %r = fx.shl %0, %1 : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f7(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "a2ddfeba133c8dbe"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f8(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "b7e4823a999046c6"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f9(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "803598c025b882e5"} {
  %r = fx.shr %0, %1 floor : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f10(%0: !fx.q<4, 4>, %1: i32, %2: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "996ae3260b10fe47"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f11(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "542729fc66b23fa5"} {
  %r = fx.add %0, %1 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f12(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "085b3cc2972052a5"} {
  %r = fx.sub %0, %1 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f13(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "0ed7c3baf1e36d25"} {
  %r = fx.min %0, %1 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f14(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "e169e63a8f900c25"} {
  %r = fx.max %0, %1 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f15(%0: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.neg %0 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f16(%0: !fx.uq<0, 8>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "4242dc5249c33625"} {
  %r = fx.abs %0 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f17(%0: !fx.uq<0, 8>, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "b6c83ce3855f3e23"} {
  %r = fx.shl %0, %1 : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f18(%0: !fx.uq<0, 8>, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "c7915c571d58d167"} {
  %r = fx.shr %0, %1 nearest_even : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f19(%0: !fx.uq<0, 8>, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "fb7bbd325f36f2c5"} {
  %r = fx.shr %0, %1 toward_zero : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f20(%0: !fx.uq<0, 8>, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "fb7bbd325f36f2c5"} {
  %r = fx.shr %0, %1 floor : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f21(%0: !fx.uq<0, 8>, %1: i32, %2: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "362d9241ce33cf23"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f22(%0: !fx.q<2, 3>, %1: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "77fa2a8e83412f65"} {
  %r = fx.add %0, %1 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f23(%0: !fx.q<2, 3>, %1: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "cfe684a2b0428c45"} {
  %r = fx.sub %0, %1 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f24(%0: !fx.q<2, 3>, %1: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "94c7497b9fc94f85"} {
  %r = fx.min %0, %1 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f25(%0: !fx.q<2, 3>, %1: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "c37e5eb4837656a5"} {
  %r = fx.max %0, %1 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f26(%0: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "7b70b7614256421a"} {
  %r = fx.neg %0 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f27(%0: !fx.q<2, 3>) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "b059b8dad25f3c4a"} {
  %r = fx.abs %0 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f28(%0: !fx.q<2, 3>, %1: i32) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "9b1c2f45ded245c7"} {
  %r = fx.shl %0, %1 : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f29(%0: !fx.q<2, 3>, %1: i32) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "a4a6caeaf0dea488"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f30(%0: !fx.q<2, 3>, %1: i32) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "883a68a568a8b8e0"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f31(%0: !fx.q<2, 3>, %1: i32) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "a610ca80240b6e75"} {
  %r = fx.shr %0, %1 floor : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f32(%0: !fx.q<2, 3>, %1: i32, %2: i32) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "e3c5591b8aee1be8"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f33(%0: !fx.uq<3, 3>, %1: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "a76d27eff3d8cf45"} {
  %r = fx.add %0, %1 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f34(%0: !fx.uq<3, 3>, %1: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "169990cc3dba5745"} {
  %r = fx.sub %0, %1 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f35(%0: !fx.uq<3, 3>, %1: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "8159d4327f1e9265"} {
  %r = fx.min %0, %1 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f36(%0: !fx.uq<3, 3>, %1: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "a98bf502c5e79325"} {
  %r = fx.max %0, %1 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f37(%0: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "b9b23f3a46fd0825"} {
  %r = fx.neg %0 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f38(%0: !fx.uq<3, 3>) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "8368214f77995ee5"} {
  %r = fx.abs %0 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f39(%0: !fx.uq<3, 3>, %1: i32) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "7b4b54bb484b8971"} {
  %r = fx.shl %0, %1 : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f40(%0: !fx.uq<3, 3>, %1: i32) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "4e4e64ec4827d9c7"} {
  %r = fx.shr %0, %1 nearest_even : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f41(%0: !fx.uq<3, 3>, %1: i32) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "148b4811f00af575"} {
  %r = fx.shr %0, %1 toward_zero : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f42(%0: !fx.uq<3, 3>, %1: i32) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "148b4811f00af575"} {
  %r = fx.shr %0, %1 floor : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f43(%0: !fx.uq<3, 3>, %1: i32, %2: i32) -> !fx.uq<3, 3> attributes {inputs = "all", checksum = "8ca6480ffdf6ca49"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.uq<3, 3>
  return %r : !fx.uq<3, 3>
}
func.func @f44(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "2bc070b89da7c425"} {
  %r = fx.cmp eq, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f45(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "90e6e75bfabc8225"} {
  %r = fx.cmp ne, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f46(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "74ce2f77f1bb7825"} {
  %r = fx.cmp lt, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f47(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "a6a0d0f97cf31925"} {
  %r = fx.cmp le, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f48(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "36801ee3cadab425"} {
  %r = fx.cmp gt, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f49(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> i1 attributes {inputs = "all", checksum = "ca8caf7ce72e5525"} {
  %r = fx.cmp ge, %0, %1 : !fx.q<4, 4>
  return %r : i1
}
func.func @f50(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "2bc070b89da7c425"} {
  %r = fx.cmp eq, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f51(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "90e6e75bfabc8225"} {
  %r = fx.cmp ne, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f52(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "74ce2f77f1bb7825"} {
  %r = fx.cmp lt, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f53(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "a6a0d0f97cf31925"} {
  %r = fx.cmp le, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f54(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "36801ee3cadab425"} {
  %r = fx.cmp gt, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f55(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> i1 attributes {inputs = "all", checksum = "ca8caf7ce72e5525"} {
  %r = fx.cmp ge, %0, %1 : !fx.uq<0, 8>
  return %r : i1
}
func.func @f56(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "cc9d32c1564ce556"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f57(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "0b26ab00abee6476"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f58(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "16b57565856424c2"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f59(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>, %2: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "d7242d769b632f56"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f60(%0: !fx.q<4, 4>, %1: !fx.uq<0, 8>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "f2c9a809b3f71071"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f61(%0: !fx.q<4, 4>, %1: !fx.uq<0, 8>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "c3e55b0561916495"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f62(%0: !fx.q<4, 4>, %1: !fx.uq<0, 8>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "93a7c7f392fa7a99"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f63(%0: !fx.q<4, 4>, %1: !fx.uq<0, 8>, %2: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "b35cddd3f7f0a534"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f64(%0: !fx.uq<0, 8>, %1: !fx.uq<5, 3>) -> !fx.uq<5, 3> attributes {inputs = "all", checksum = "66161034e67e61b1"} {
  %r = fx.mul %0, %1 nearest_even : !fx.uq<0, 8>, !fx.uq<5, 3> -> !fx.uq<5, 3>
  return %r : !fx.uq<5, 3>
}
func.func @f65(%0: !fx.uq<0, 8>, %1: !fx.uq<5, 3>) -> !fx.uq<5, 3> attributes {inputs = "all", checksum = "5ad7c3f80d889fbd"} {
  %r = fx.mul %0, %1 toward_zero : !fx.uq<0, 8>, !fx.uq<5, 3> -> !fx.uq<5, 3>
  return %r : !fx.uq<5, 3>
}
func.func @f66(%0: !fx.uq<0, 8>, %1: !fx.uq<5, 3>) -> !fx.uq<5, 3> attributes {inputs = "all", checksum = "5ad7c3f80d889fbd"} {
  %r = fx.mul %0, %1 floor : !fx.uq<0, 8>, !fx.uq<5, 3> -> !fx.uq<5, 3>
  return %r : !fx.uq<5, 3>
}
func.func @f67(%0: !fx.uq<0, 8>, %1: !fx.uq<5, 3>, %2: i32) -> !fx.uq<5, 3> attributes {inputs = "all", checksum = "8382d42de6c9f4a7"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.uq<0, 8>, !fx.uq<5, 3> -> !fx.uq<5, 3>
  return %r : !fx.uq<5, 3>
}
func.func @f68(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<-2, 10> attributes {inputs = "all", checksum = "cc9d32c1564ce556"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<-2, 10>
  return %r : !fx.q<-2, 10>
}
func.func @f69(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<-2, 10> attributes {inputs = "all", checksum = "0b26ab00abee6476"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<-2, 10>
  return %r : !fx.q<-2, 10>
}
func.func @f70(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<-2, 10> attributes {inputs = "all", checksum = "16b57565856424c2"} {
  %r = fx.mul %0, %1 floor : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<-2, 10>
  return %r : !fx.q<-2, 10>
}
func.func @f71(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>, %2: i32) -> !fx.q<-2, 10> attributes {inputs = "all", checksum = "d7242d769b632f56"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<-2, 10>
  return %r : !fx.q<-2, 10>
}
func.func @f72(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "3d3bd31683b67b25"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f73(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "3d3bd31683b67b25"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f74(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "3d3bd31683b67b25"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f75(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>, %2: i32) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "3d3bd31683b67b25"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f76(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<2, 10> attributes {inputs = "all", checksum = "dc271bdf666a3ad2"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<2, 10>
  return %r : !fx.q<2, 10>
}
func.func @f77(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<2, 10> attributes {inputs = "all", checksum = "dc271bdf666a3ad2"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<2, 10>
  return %r : !fx.q<2, 10>
}
func.func @f78(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<2, 10> attributes {inputs = "all", checksum = "dc271bdf666a3ad2"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<2, 10>
  return %r : !fx.q<2, 10>
}
func.func @f79(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>, %2: i32) -> !fx.q<2, 10> attributes {inputs = "all", checksum = "dc271bdf666a3ad2"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<2, 10>
  return %r : !fx.q<2, 10>
}
func.func @f80(%0: !fx.q<12, -4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "1f46bb46704f6942"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<12, -4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f81(%0: !fx.q<12, -4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "1f46bb46704f6942"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<12, -4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f82(%0: !fx.q<12, -4>, %1: !fx.q<4, 4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "1f46bb46704f6942"} {
  %r = fx.mul %0, %1 floor : !fx.q<12, -4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f83(%0: !fx.q<12, -4>, %1: !fx.q<4, 4>, %2: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "1f46bb46704f6942"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<12, -4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f84(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "a57fc2a25f46905d"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f85(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "8cf5e7a509230c69"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f86(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "1b3ca079a3edf6c9"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f87(%0: !fx.q<4, 4>, %1: !fx.q<4, 4>, %2: i32) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "05484c0d5d20d213"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f88(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.q<1, 2> attributes {inputs = "all", checksum = "88c29b1c769a4fae"} {
  %r = fx.mul %0, %1 nearest_even : !fx.uq<0, 8>, !fx.uq<0, 8> -> !fx.q<1, 2>
  return %r : !fx.q<1, 2>
}
func.func @f89(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.q<1, 2> attributes {inputs = "all", checksum = "9a873ab9f39ddb07"} {
  %r = fx.mul %0, %1 toward_zero : !fx.uq<0, 8>, !fx.uq<0, 8> -> !fx.q<1, 2>
  return %r : !fx.q<1, 2>
}
func.func @f90(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>) -> !fx.q<1, 2> attributes {inputs = "all", checksum = "9a873ab9f39ddb07"} {
  %r = fx.mul %0, %1 floor : !fx.uq<0, 8>, !fx.uq<0, 8> -> !fx.q<1, 2>
  return %r : !fx.q<1, 2>
}
func.func @f91(%0: !fx.uq<0, 8>, %1: !fx.uq<0, 8>, %2: i32) -> !fx.q<1, 2> attributes {inputs = "all", checksum = "1402f6053c456bb1"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.uq<0, 8>, !fx.uq<0, 8> -> !fx.q<1, 2>
  return %r : !fx.q<1, 2>
}
func.func @f92(%0: !fx.q<4, 4>, %1: !fx.uq<1, 0>) -> !fx.uq<4, 2> attributes {inputs = "all", checksum = "380259656f9b8365"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<4, 4>, !fx.uq<1, 0> -> !fx.uq<4, 2>
  return %r : !fx.uq<4, 2>
}
func.func @f93(%0: !fx.q<4, 4>, %1: !fx.uq<1, 0>) -> !fx.uq<4, 2> attributes {inputs = "all", checksum = "decd8e64f12c2725"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<4, 4>, !fx.uq<1, 0> -> !fx.uq<4, 2>
  return %r : !fx.uq<4, 2>
}
func.func @f94(%0: !fx.q<4, 4>, %1: !fx.uq<1, 0>) -> !fx.uq<4, 2> attributes {inputs = "all", checksum = "decd8e64f12c2725"} {
  %r = fx.mul %0, %1 floor : !fx.q<4, 4>, !fx.uq<1, 0> -> !fx.uq<4, 2>
  return %r : !fx.uq<4, 2>
}
func.func @f95(%0: !fx.q<4, 4>, %1: !fx.uq<1, 0>, %2: i32) -> !fx.uq<4, 2> attributes {inputs = "all", checksum = "30f5af916b939b06"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<4, 4>, !fx.uq<1, 0> -> !fx.uq<4, 2>
  return %r : !fx.uq<4, 2>
}
func.func @f96(%0: !fx.q<-56, 64>, %1: !fx.uq<0, 8>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "f2c9a809b3f71071"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<-56, 64>, !fx.uq<0, 8> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f97(%0: !fx.q<-56, 64>, %1: !fx.uq<0, 8>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "c3e55b0561916495"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<-56, 64>, !fx.uq<0, 8> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f98(%0: !fx.q<-56, 64>, %1: !fx.uq<0, 8>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "93a7c7f392fa7a99"} {
  %r = fx.mul %0, %1 floor : !fx.q<-56, 64>, !fx.uq<0, 8> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f99(%0: !fx.q<-56, 64>, %1: !fx.uq<0, 8>, %2: i32) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "b35cddd3f7f0a534"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<-56, 64>, !fx.uq<0, 8> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f100(%0: !fx.q<3, 2>, %1: !fx.uq<1, 4>, %2: !fx.q<2, 3>) -> !fx.q<3, 2> attributes {inputs = "all", checksum = "9cb4ee503a90e4d4"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.q<3, 2>, !fx.uq<1, 4>, !fx.q<2, 3> -> !fx.q<3, 2>
  return %r : !fx.q<3, 2>
}
func.func @f101(%0: !fx.q<3, 2>, %1: !fx.uq<1, 4>, %2: !fx.q<2, 3>) -> !fx.q<3, 2> attributes {inputs = "all", checksum = "24af3ef8e41183f9"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.q<3, 2>, !fx.uq<1, 4>, !fx.q<2, 3> -> !fx.q<3, 2>
  return %r : !fx.q<3, 2>
}
func.func @f102(%0: !fx.q<3, 2>, %1: !fx.uq<1, 4>, %2: !fx.q<2, 3>) -> !fx.q<3, 2> attributes {inputs = "all", checksum = "dd844f04c43f5e76"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.q<3, 2>, !fx.uq<1, 4>, !fx.q<2, 3> -> !fx.q<3, 2>
  return %r : !fx.q<3, 2>
}
func.func @f103(%0: !fx.q<3, 2>, %1: !fx.uq<1, 4>, %2: !fx.q<2, 3>, %3: i32) -> !fx.q<3, 2> attributes {inputs = "all", checksum = "843c50e776bd61f9"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.q<3, 2>, !fx.uq<1, 4>, !fx.q<2, 3> -> !fx.q<3, 2>
  return %r : !fx.q<3, 2>
}
func.func @f104(%0: !fx.uq<0, 5>, %1: !fx.q<1, 4>, %2: !fx.q<-5, 10>) -> !fx.q<0, 6> attributes {inputs = "all", checksum = "625e09ea00756a22"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.uq<0, 5>, !fx.q<1, 4>, !fx.q<-5, 10> -> !fx.q<0, 6>
  return %r : !fx.q<0, 6>
}
func.func @f105(%0: !fx.uq<0, 5>, %1: !fx.q<1, 4>, %2: !fx.q<-5, 10>) -> !fx.q<0, 6> attributes {inputs = "all", checksum = "630a608632b8b4f0"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.uq<0, 5>, !fx.q<1, 4>, !fx.q<-5, 10> -> !fx.q<0, 6>
  return %r : !fx.q<0, 6>
}
func.func @f106(%0: !fx.uq<0, 5>, %1: !fx.q<1, 4>, %2: !fx.q<-5, 10>) -> !fx.q<0, 6> attributes {inputs = "all", checksum = "b45ff6a87d3e80c9"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.uq<0, 5>, !fx.q<1, 4>, !fx.q<-5, 10> -> !fx.q<0, 6>
  return %r : !fx.q<0, 6>
}
func.func @f107(%0: !fx.uq<0, 5>, %1: !fx.q<1, 4>, %2: !fx.q<-5, 10>, %3: i32) -> !fx.q<0, 6> attributes {inputs = "all", checksum = "0a3de800d65f8e84"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.uq<0, 5>, !fx.q<1, 4>, !fx.q<-5, 10> -> !fx.q<0, 6>
  return %r : !fx.q<0, 6>
}
func.func @f108(%0: !fx.uq<5, 0>, %1: !fx.uq<7, -2>, %2: !fx.uq<3, 2>) -> !fx.uq<6, 0> attributes {inputs = "all", checksum = "72cd6bc794040595"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.uq<5, 0>, !fx.uq<7, -2>, !fx.uq<3, 2> -> !fx.uq<6, 0>
  return %r : !fx.uq<6, 0>
}
func.func @f109(%0: !fx.uq<5, 0>, %1: !fx.uq<7, -2>, %2: !fx.uq<3, 2>) -> !fx.uq<6, 0> attributes {inputs = "all", checksum = "65612687c3045f45"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.uq<5, 0>, !fx.uq<7, -2>, !fx.uq<3, 2> -> !fx.uq<6, 0>
  return %r : !fx.uq<6, 0>
}
func.func @f110(%0: !fx.uq<5, 0>, %1: !fx.uq<7, -2>, %2: !fx.uq<3, 2>) -> !fx.uq<6, 0> attributes {inputs = "all", checksum = "65612687c3045f45"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.uq<5, 0>, !fx.uq<7, -2>, !fx.uq<3, 2> -> !fx.uq<6, 0>
  return %r : !fx.uq<6, 0>
}
func.func @f111(%0: !fx.uq<5, 0>, %1: !fx.uq<7, -2>, %2: !fx.uq<3, 2>, %3: i32) -> !fx.uq<6, 0> attributes {inputs = "all", checksum = "9cd2931941d082ba"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.uq<5, 0>, !fx.uq<7, -2>, !fx.uq<3, 2> -> !fx.uq<6, 0>
  return %r : !fx.uq<6, 0>
}
func.func @f112(%0: !fx.q<4, 4>) -> !fx.q<4, 1> attributes {inputs = "all", checksum = "cc580b7220c0b4e1"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<4, 1>
  return %r : !fx.q<4, 1>
}
func.func @f113(%0: !fx.q<4, 4>) -> !fx.q<4, 1> attributes {inputs = "all", checksum = "389031f0fcd13fd5"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<4, 1>
  return %r : !fx.q<4, 1>
}
func.func @f114(%0: !fx.q<4, 4>) -> !fx.q<4, 1> attributes {inputs = "all", checksum = "3911cc39da5ceda5"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<4, 1>
  return %r : !fx.q<4, 1>
}
func.func @f115(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<4, 1> attributes {inputs = "all", checksum = "a38639f285e29aa5"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<4, 1>
  return %r : !fx.q<4, 1>
}
func.func @f116(%0: !fx.q<4, 4>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "7dd37467edf2f035"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f117(%0: !fx.q<4, 4>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "7dd37467edf2f035"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f118(%0: !fx.q<4, 4>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "7dd37467edf2f035"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f119(%0: !fx.q<4, 4>, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "6c7f1120306e1325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f120(%0: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "aa9c5b44bddf4f25"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f121(%0: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "aa9c5b44bddf4f25"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f122(%0: !fx.q<4, 4>) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "aa9c5b44bddf4f25"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f123(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "all", checksum = "174281b171f3e325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f124(%0: !fx.q<4, 4>) -> !fx.q<2, 0> attributes {inputs = "all", checksum = "0bc5cb17457abc8d"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<2, 0>
  return %r : !fx.q<2, 0>
}
func.func @f125(%0: !fx.q<4, 4>) -> !fx.q<2, 0> attributes {inputs = "all", checksum = "fe417b5960bd499b"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<2, 0>
  return %r : !fx.q<2, 0>
}
func.func @f126(%0: !fx.q<4, 4>) -> !fx.q<2, 0> attributes {inputs = "all", checksum = "5612a205b8961385"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<2, 0>
  return %r : !fx.q<2, 0>
}
func.func @f127(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<2, 0> attributes {inputs = "all", checksum = "16ec9a7930786aa5"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<2, 0>
  return %r : !fx.q<2, 0>
}
func.func @f128(%0: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f129(%0: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f130(%0: !fx.q<4, 4>) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "d3333b8120f366a5"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f131(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<12, -4> attributes {inputs = "all", checksum = "bdc10f0fb6d234a5"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f132(%0: !fx.uq<5, 3>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "d1e6ced4e9cdbe2d"} {
  %r = fx.convert %0 nearest_even : !fx.uq<5, 3> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f133(%0: !fx.uq<5, 3>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "d1e6ced4e9cdbe2d"} {
  %r = fx.convert %0 toward_zero : !fx.uq<5, 3> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f134(%0: !fx.uq<5, 3>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "d1e6ced4e9cdbe2d"} {
  %r = fx.convert %0 floor : !fx.uq<5, 3> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f135(%0: !fx.uq<5, 3>, %1: i32) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "9e8a60e76d14db25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.uq<5, 3> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f136(%0: !fx.q<-2, 10>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "8ea55a5721ca2aa5"} {
  %r = fx.convert %0 nearest_even : !fx.q<-2, 10> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f137(%0: !fx.q<-2, 10>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "c9f2dfeac10bda5b"} {
  %r = fx.convert %0 toward_zero : !fx.q<-2, 10> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f138(%0: !fx.q<-2, 10>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "19fdaa9089bb3725"} {
  %r = fx.convert %0 floor : !fx.q<-2, 10> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f139(%0: !fx.q<-2, 10>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "92836bef71a6dd25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<-2, 10> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f140(%0: !fx.q<12, -4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 nearest_even : !fx.q<12, -4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f141(%0: !fx.q<12, -4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 toward_zero : !fx.q<12, -4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f142(%0: !fx.q<12, -4>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 floor : !fx.q<12, -4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f143(%0: !fx.q<12, -4>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "11e86969c073da25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<12, -4> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f144(%0: !fx.uq<0, 8>) -> !fx.q<1, 0> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 nearest_even : !fx.uq<0, 8> -> !fx.q<1, 0>
  return %r : !fx.q<1, 0>
}
func.func @f145(%0: !fx.uq<0, 8>) -> !fx.q<1, 0> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 toward_zero : !fx.uq<0, 8> -> !fx.q<1, 0>
  return %r : !fx.q<1, 0>
}
func.func @f146(%0: !fx.uq<0, 8>) -> !fx.q<1, 0> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 floor : !fx.uq<0, 8> -> !fx.q<1, 0>
  return %r : !fx.q<1, 0>
}
func.func @f147(%0: !fx.uq<0, 8>, %1: i32) -> !fx.q<1, 0> attributes {inputs = "all", checksum = "eb05052ea5b62325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.uq<0, 8> -> !fx.q<1, 0>
  return %r : !fx.q<1, 0>
}
func.func @f148(%0: !fx.q<-56, 64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 nearest_even : !fx.q<-56, 64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f149(%0: !fx.q<-56, 64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 toward_zero : !fx.q<-56, 64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f150(%0: !fx.q<-56, 64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "d3333b8120f366a5"} {
  %r = fx.convert %0 floor : !fx.q<-56, 64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f151(%0: !fx.q<-56, 64>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "eb05052ea5b62325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<-56, 64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f152(%0: !fx.q<72, -64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 nearest_even : !fx.q<72, -64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f153(%0: !fx.q<72, -64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 toward_zero : !fx.q<72, -64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f154(%0: !fx.q<72, -64>) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 floor : !fx.q<72, -64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f155(%0: !fx.q<72, -64>, %1: i32) -> !fx.q<4, 4> attributes {inputs = "all", checksum = "11e86969c073da25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<72, -64> -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f156(%0: !fx.q<4, 4>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f157(%0: !fx.q<4, 4>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f158(%0: !fx.q<4, 4>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f159(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "11e86969c073da25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f160(%0: !fx.q<4, 4>) -> !fx.q<72, -64> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 nearest_even : !fx.q<4, 4> -> !fx.q<72, -64>
  return %r : !fx.q<72, -64>
}
func.func @f161(%0: !fx.q<4, 4>) -> !fx.q<72, -64> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 toward_zero : !fx.q<4, 4> -> !fx.q<72, -64>
  return %r : !fx.q<72, -64>
}
func.func @f162(%0: !fx.q<4, 4>) -> !fx.q<72, -64> attributes {inputs = "all", checksum = "d3333b8120f366a5"} {
  %r = fx.convert %0 floor : !fx.q<4, 4> -> !fx.q<72, -64>
  return %r : !fx.q<72, -64>
}
func.func @f163(%0: !fx.q<4, 4>, %1: i32) -> !fx.q<72, -64> attributes {inputs = "all", checksum = "eb05052ea5b62325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<4, 4> -> !fx.q<72, -64>
  return %r : !fx.q<72, -64>
}
func.func @f164(%0: !fx.q<72, -64>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 nearest_even : !fx.q<72, -64> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f165(%0: !fx.q<72, -64>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 toward_zero : !fx.q<72, -64> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f166(%0: !fx.q<72, -64>) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "80ee1b5ef597c0da"} {
  %r = fx.convert %0 floor : !fx.q<72, -64> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f167(%0: !fx.q<72, -64>, %1: i32) -> !fx.q<-56, 64> attributes {inputs = "all", checksum = "11e86969c073da25"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<72, -64> -> !fx.q<-56, 64>
  return %r : !fx.q<-56, 64>
}
func.func @f168(%0: !fx.q<-56, 64>) -> !fx.uq<72, -64> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 nearest_even : !fx.q<-56, 64> -> !fx.uq<72, -64>
  return %r : !fx.uq<72, -64>
}
func.func @f169(%0: !fx.q<-56, 64>) -> !fx.uq<72, -64> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 toward_zero : !fx.q<-56, 64> -> !fx.uq<72, -64>
  return %r : !fx.uq<72, -64>
}
func.func @f170(%0: !fx.q<-56, 64>) -> !fx.uq<72, -64> attributes {inputs = "all", checksum = "d80ac658736bb725"} {
  %r = fx.convert %0 floor : !fx.q<-56, 64> -> !fx.uq<72, -64>
  return %r : !fx.uq<72, -64>
}
func.func @f171(%0: !fx.q<-56, 64>, %1: i32) -> !fx.uq<72, -64> attributes {inputs = "all", checksum = "eb05052ea5b62325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<-56, 64> -> !fx.uq<72, -64>
  return %r : !fx.uq<72, -64>
}
func.func @f172(%0: !fx.uq<0, 8>) -> !fx.uq<-1, 64> attributes {inputs = "all", checksum = "e3733a9504d466a5"} {
  %r = fx.convert %0 nearest_even : !fx.uq<0, 8> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f173(%0: !fx.uq<0, 8>) -> !fx.uq<-1, 64> attributes {inputs = "all", checksum = "e3733a9504d466a5"} {
  %r = fx.convert %0 toward_zero : !fx.uq<0, 8> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f174(%0: !fx.uq<0, 8>) -> !fx.uq<-1, 64> attributes {inputs = "all", checksum = "e3733a9504d466a5"} {
  %r = fx.convert %0 floor : !fx.uq<0, 8> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f175(%0: !fx.uq<0, 8>, %1: i32) -> !fx.uq<-1, 64> attributes {inputs = "all", checksum = "65c415ab7ee5a325"} {
  %r = fx.convert %0 stochastic(%1) : !fx.uq<0, 8> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f176(%0: !fx.q<4, 4>) -> i8 attributes {inputs = "all", checksum = "7afa7ceb1c13a025"} {
  %r = fx.bitcast %0 : !fx.q<4, 4> -> i8
  return %r : i8
}
func.func @f177(%0: i8) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "e6169983deb2d625"} {
  %r = fx.bitcast %0 : i8 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f178(%0: !fx.q<4, 4>) -> !fx.uq<0, 8> attributes {inputs = "all", checksum = "e6169983deb2d625"} {
  %r = fx.bitcast %0 : !fx.q<4, 4> -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f179(%0: i5) -> !fx.q<2, 3> attributes {inputs = "all", checksum = "238523952f614ac5"} {
  %r = fx.bitcast %0 : i5 -> !fx.q<2, 3>
  return %r : !fx.q<2, 3>
}
func.func @f180(%0: !fx.uq<2, 3>) -> i5 attributes {inputs = "all", checksum = "3696954889de8ac5"} {
  %r = fx.bitcast %0 : !fx.uq<2, 3> -> i5
  return %r : i5
}
func.func @f181(%0: i1) -> !fx.uq<1, 0> attributes {inputs = "all", checksum = "08328707b4eb6e3a"} {
  %r = fx.bitcast %0 : i1 -> !fx.uq<1, 0>
  return %r : !fx.uq<1, 0>
}
func.func @f182(%0: !fx.q<1, 0>) -> i1 attributes {inputs = "all", checksum = "082f2207b4e88cc4"} {
  %r = fx.bitcast %0 : !fx.q<1, 0> -> i1
  return %r : i1
}
func.func @f183(%0: !fx.uq<3, 2>) -> !fx.q<0, 5> attributes {inputs = "all", checksum = "3696954889de8ac5"} {
  %r = fx.bitcast %0 : !fx.uq<3, 2> -> !fx.q<0, 5>
  return %r : !fx.q<0, 5>
}
func.func @f184(%0: !fx.q<4, 4>) -> f32 attributes {inputs = "all", checksum = "ec65e4bb015bb725"} {
  %r = fx.to_float %0 : !fx.q<4, 4> -> f32
  return %r : f32
}
func.func @f185(%0: f32) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "a2aca02cd3f54858"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f186(%0: f32) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "cd5eed5c3c9a7e12"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f187(%0: f32) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "9529b90fc9f87f8d"} {
  %r = fx.from_float %0 floor : f32 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f188(%0: f32, %1: i32) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "eb2134363bfbe37d"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f189(%0: !fx.q<4, 4>) -> f64 attributes {inputs = "all", checksum = "b637c658736bb725"} {
  %r = fx.to_float %0 : !fx.q<4, 4> -> f64
  return %r : f64
}
func.func @f190(%0: f64) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "13730112e6eff591"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f191(%0: f64) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "d83de7e373d36b54"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f192(%0: f64) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "314fce1bfda3d057"} {
  %r = fx.from_float %0 floor : f64 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f193(%0: f64, %1: i32) -> !fx.q<4, 4> attributes {inputs = "sample", checksum = "2cbd0b11fb2b845e"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.q<4, 4>
  return %r : !fx.q<4, 4>
}
func.func @f194(%0: !fx.uq<0, 8>) -> f32 attributes {inputs = "all", checksum = "4ed9ea01c61bb725"} {
  %r = fx.to_float %0 : !fx.uq<0, 8> -> f32
  return %r : f32
}
func.func @f195(%0: f32) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "949a0099f38fed9e"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f196(%0: f32) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "eab75f5f9e1400f1"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f197(%0: f32) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "eab75f5f9e1400f1"} {
  %r = fx.from_float %0 floor : f32 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f198(%0: f32, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "d63c6ca13e8756f4"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f199(%0: !fx.uq<0, 8>) -> f64 attributes {inputs = "all", checksum = "13db4658736bb725"} {
  %r = fx.to_float %0 : !fx.uq<0, 8> -> f64
  return %r : f64
}
func.func @f200(%0: f64) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "c2e927a725f60c27"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f201(%0: f64) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "ea2528742a12f744"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f202(%0: f64) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "ea2528742a12f744"} {
  %r = fx.from_float %0 floor : f64 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f203(%0: f64, %1: i32) -> !fx.uq<0, 8> attributes {inputs = "sample", checksum = "2ecd4e9351cb8447"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.uq<0, 8>
  return %r : !fx.uq<0, 8>
}
func.func @f204(%0: !fx.q<12, -4>) -> f32 attributes {inputs = "all", checksum = "5cbb8242c55bb725"} {
  %r = fx.to_float %0 : !fx.q<12, -4> -> f32
  return %r : f32
}
func.func @f205(%0: f32) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "21e02c87334bdf93"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f206(%0: f32) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "4aff8cb5a0c0d87a"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f207(%0: f32) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "686414b108c077b4"} {
  %r = fx.from_float %0 floor : f32 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f208(%0: f32, %1: i32) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "287d02e9222e9dfe"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f209(%0: !fx.q<12, -4>) -> f64 attributes {inputs = "all", checksum = "c7b7c658736bb725"} {
  %r = fx.to_float %0 : !fx.q<12, -4> -> f64
  return %r : f64
}
func.func @f210(%0: f64) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "fbbecce9004c9a3f"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f211(%0: f64) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "c50c216647bf41ae"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f212(%0: f64) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "7f0773ecb1e5ac2f"} {
  %r = fx.from_float %0 floor : f64 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f213(%0: f64, %1: i32) -> !fx.q<12, -4> attributes {inputs = "sample", checksum = "0e9375279be418de"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.q<12, -4>
  return %r : !fx.q<12, -4>
}
func.func @f214(%0: !fx.q<8, 24>) -> f32 attributes {inputs = "sample", checksum = "c7694f206f743503"} {
  %r = fx.to_float %0 : !fx.q<8, 24> -> f32
  return %r : f32
}
func.func @f215(%0: f32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "e8089ac473d72ac9"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f216(%0: f32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "2ad7a0e77fe23adb"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f217(%0: f32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "afb19f486bcfc122"} {
  %r = fx.from_float %0 floor : f32 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f218(%0: f32, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "6b388f432f37ff0b"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f219(%0: !fx.q<8, 24>) -> f64 attributes {inputs = "sample", checksum = "2a4e319a2e6cdf65"} {
  %r = fx.to_float %0 : !fx.q<8, 24> -> f64
  return %r : f64
}
func.func @f220(%0: f64) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "15afc8c0881170b6"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f221(%0: f64) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "052bcd5658762065"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f222(%0: f64) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "448a496ad938bfe7"} {
  %r = fx.from_float %0 floor : f64 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f223(%0: f64, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "c4e2a0a21d79187e"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f224(%0: !fx.q<32, 32>) -> f32 attributes {inputs = "sample", checksum = "710f5cac7949467a"} {
  %r = fx.to_float %0 : !fx.q<32, 32> -> f32
  return %r : f32
}
func.func @f225(%0: f32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "40fcada77fe48aeb"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f226(%0: f32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "e3a5bfe13ee4d3a7"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f227(%0: f32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "2eb896aeb5e986c2"} {
  %r = fx.from_float %0 floor : f32 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f228(%0: f32, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "5f4656faad3425fc"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f229(%0: !fx.q<32, 32>) -> f64 attributes {inputs = "sample", checksum = "c40fdc758f4a3c3f"} {
  %r = fx.to_float %0 : !fx.q<32, 32> -> f64
  return %r : f64
}
func.func @f230(%0: f64) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "5f960b38295c0fc9"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f231(%0: f64) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "87dfc2d8d09f4ddb"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f232(%0: f64) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "be496ae18ce2dc9f"} {
  %r = fx.from_float %0 floor : f64 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f233(%0: f64, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "a01c990316eb8379"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f234(%0: !fx.uq<-1, 64>) -> f32 attributes {inputs = "sample", checksum = "8863d65fb8f2ea8d"} {
  %r = fx.to_float %0 : !fx.uq<-1, 64> -> f32
  return %r : f32
}
func.func @f235(%0: f32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "aa8000e839267a89"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f236(%0: f32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "3e77b5dbdf9f1d92"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f237(%0: f32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "3e77b5dbdf9f1d92"} {
  %r = fx.from_float %0 floor : f32 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f238(%0: f32, %1: i32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "dd80ecaf4cc6f999"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f239(%0: !fx.uq<-1, 64>) -> f64 attributes {inputs = "sample", checksum = "91a464d592479d93"} {
  %r = fx.to_float %0 : !fx.uq<-1, 64> -> f64
  return %r : f64
}
func.func @f240(%0: f64) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "b4fe14fe8d7bc7b6"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f241(%0: f64) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "f7f87f542a087608"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f242(%0: f64) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "f7f87f542a087608"} {
  %r = fx.from_float %0 floor : f64 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f243(%0: f64, %1: i32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "072c1e9ef833450e"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f244(%0: !fx.q<128, -64>) -> f32 attributes {inputs = "sample", checksum = "ec666b0e2949467a"} {
  %r = fx.to_float %0 : !fx.q<128, -64> -> f32
  return %r : f32
}
func.func @f245(%0: f32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "8dfc9e4d8cd2ffad"} {
  %r = fx.from_float %0 nearest_even : f32 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f246(%0: f32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "8f2d885c76085eeb"} {
  %r = fx.from_float %0 toward_zero : f32 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f247(%0: f32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "d36bef788d7fcd73"} {
  %r = fx.from_float %0 floor : f32 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f248(%0: f32, %1: i32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "157bfbede93db9a7"} {
  %r = fx.from_float %0 stochastic(%1) : f32 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f249(%0: !fx.q<128, -64>) -> f64 attributes {inputs = "sample", checksum = "c20fdc758f4a3c3f"} {
  %r = fx.to_float %0 : !fx.q<128, -64> -> f64
  return %r : f64
}
func.func @f250(%0: f64) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "c5222fd8bf3b1090"} {
  %r = fx.from_float %0 nearest_even : f64 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f251(%0: f64) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "f0b0f6049fb8ef0b"} {
  %r = fx.from_float %0 toward_zero : f64 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f252(%0: f64) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "7fb595708555cc9f"} {
  %r = fx.from_float %0 floor : f64 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f253(%0: f64, %1: i32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "bb9ebb2597ee2587"} {
  %r = fx.from_float %0 stochastic(%1) : f64 -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f254(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "37ac37e508494754"} {
  %r = fx.add %0, %1 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f255(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "d705e02fddea9455"} {
  %r = fx.sub %0, %1 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f256(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "9658a772a33775ba"} {
  %r = fx.min %0, %1 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f257(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "c85e75abc1c06b62"} {
  %r = fx.max %0, %1 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f258(%0: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "20bad5d1904f558f"} {
  %r = fx.neg %0 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f259(%0: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "e115b38bb073d071"} {
  %r = fx.abs %0 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f260(%0: !fx.q<8, 8>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "695384ac51e263e6"} {
  %r = fx.shl %0, %1 : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f261(%0: !fx.q<8, 8>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "570a4f02bf233b7d"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f262(%0: !fx.q<8, 8>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "d385ca16665de7fb"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f263(%0: !fx.q<8, 8>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "dee5aa4530563d6f"} {
  %r = fx.shr %0, %1 floor : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f264(%0: !fx.q<8, 8>, %1: i32, %2: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "05b20963bbf2c3a4"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f265(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "3d9399f06c130c5b"} {
  %r = fx.cmp eq, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f266(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "d3a0a9fce30181bf"} {
  %r = fx.cmp ne, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f267(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "0dd431b98adee7d4"} {
  %r = fx.cmp lt, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f268(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "e2eb6daa46faacb2"} {
  %r = fx.cmp le, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f269(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "0b7bfbf2d41f93a6"} {
  %r = fx.cmp gt, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f270(%0: !fx.q<8, 8>, %1: !fx.q<8, 8>) -> i1 attributes {inputs = "sample", checksum = "03dcfd3db49baf84"} {
  %r = fx.cmp ge, %0, %1 : !fx.q<8, 8>
  return %r : i1
}
func.func @f271(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "34ac75d1d8015573"} {
  %r = fx.add %0, %1 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f272(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "cd1029b857b08143"} {
  %r = fx.sub %0, %1 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f273(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "29a8515bf4536441"} {
  %r = fx.min %0, %1 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f274(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "16af8f6797f54fe8"} {
  %r = fx.max %0, %1 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f275(%0: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "058ae1eec32f0059"} {
  %r = fx.neg %0 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f276(%0: !fx.q<16, 8>) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "5033fd151eba96d9"} {
  %r = fx.abs %0 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f277(%0: !fx.q<16, 8>, %1: i32) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "f5b2d53990d5ab5a"} {
  %r = fx.shl %0, %1 : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f278(%0: !fx.q<16, 8>, %1: i32) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "be5510d473260f73"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f279(%0: !fx.q<16, 8>, %1: i32) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "fd3f14c8e942ec18"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f280(%0: !fx.q<16, 8>, %1: i32) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "e480792b97851b5a"} {
  %r = fx.shr %0, %1 floor : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f281(%0: !fx.q<16, 8>, %1: i32, %2: i32) -> !fx.q<16, 8> attributes {inputs = "sample", checksum = "d0fd2931947e1c56"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<16, 8>
  return %r : !fx.q<16, 8>
}
func.func @f282(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "5147b2fc348a58b9"} {
  %r = fx.cmp eq, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f283(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "aab8a6e2591c529d"} {
  %r = fx.cmp ne, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f284(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "6b6bedd94dfb5f2d"} {
  %r = fx.cmp lt, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f285(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "2cd0c79e52762ba5"} {
  %r = fx.cmp le, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f286(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "f782d29846863db1"} {
  %r = fx.cmp gt, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f287(%0: !fx.q<16, 8>, %1: !fx.q<16, 8>) -> i1 attributes {inputs = "sample", checksum = "44f6131f42855855"} {
  %r = fx.cmp ge, %0, %1 : !fx.q<16, 8>
  return %r : i1
}
func.func @f288(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "4cd86d33f3b7df8e"} {
  %r = fx.add %0, %1 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f289(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "3e54181c8a81c899"} {
  %r = fx.sub %0, %1 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f290(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "2ac1980d6b5132f7"} {
  %r = fx.min %0, %1 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f291(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "8f77030fa11def5b"} {
  %r = fx.max %0, %1 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f292(%0: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "17365a761460538c"} {
  %r = fx.neg %0 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f293(%0: !fx.q<8, 24>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "acb7ff0f1d71fdc2"} {
  %r = fx.abs %0 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f294(%0: !fx.q<8, 24>, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "e1ba15544f88e695"} {
  %r = fx.shl %0, %1 : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f295(%0: !fx.q<8, 24>, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "c01e2824a0f16a01"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f296(%0: !fx.q<8, 24>, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "d7a9aace7e4cc627"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f297(%0: !fx.q<8, 24>, %1: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "bd2b71eaf97a7ac6"} {
  %r = fx.shr %0, %1 floor : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f298(%0: !fx.q<8, 24>, %1: i32, %2: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "e16e91d4e689922c"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f299(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "1183492fa11050e7"} {
  %r = fx.cmp eq, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f300(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "4b55376c5fe6781f"} {
  %r = fx.cmp ne, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f301(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "2985b76dae322989"} {
  %r = fx.cmp lt, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f302(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "8ca7dce4d4e423cf"} {
  %r = fx.cmp le, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f303(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "9d3d4a13e23763ff"} {
  %r = fx.cmp gt, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f304(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>) -> i1 attributes {inputs = "sample", checksum = "0c95279a2394bbb1"} {
  %r = fx.cmp ge, %0, %1 : !fx.q<8, 24>
  return %r : i1
}
func.func @f305(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "18ddccce5de3e5a8"} {
  %r = fx.add %0, %1 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f306(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "aee27a59cd1826a9"} {
  %r = fx.sub %0, %1 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f307(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "bd97adc38b44b3f5"} {
  %r = fx.min %0, %1 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f308(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "18df004aee8b5f3a"} {
  %r = fx.max %0, %1 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f309(%0: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.neg %0 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f310(%0: !fx.uq<16, 16>) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "9c37cc6e3d84e8c7"} {
  %r = fx.abs %0 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f311(%0: !fx.uq<16, 16>, %1: i32) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "b0e2793fe611fefe"} {
  %r = fx.shl %0, %1 : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f312(%0: !fx.uq<16, 16>, %1: i32) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "e7cb69a88388521f"} {
  %r = fx.shr %0, %1 nearest_even : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f313(%0: !fx.uq<16, 16>, %1: i32) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "e12faa8442c0002c"} {
  %r = fx.shr %0, %1 toward_zero : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f314(%0: !fx.uq<16, 16>, %1: i32) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "e12faa8442c0002c"} {
  %r = fx.shr %0, %1 floor : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f315(%0: !fx.uq<16, 16>, %1: i32, %2: i32) -> !fx.uq<16, 16> attributes {inputs = "sample", checksum = "67fe12eeb6e4266c"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.uq<16, 16>
  return %r : !fx.uq<16, 16>
}
func.func @f316(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "2d8d10078545b5d5"} {
  %r = fx.cmp eq, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f317(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "90e6101397508ad9"} {
  %r = fx.cmp ne, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f318(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "0bb083f75dce3172"} {
  %r = fx.cmp lt, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f319(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "72eebaf6637607de"} {
  %r = fx.cmp le, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f320(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "1800da70d79404ae"} {
  %r = fx.cmp gt, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f321(%0: !fx.uq<16, 16>, %1: !fx.uq<16, 16>) -> i1 attributes {inputs = "sample", checksum = "7a43a3a9873d2c86"} {
  %r = fx.cmp ge, %0, %1 : !fx.uq<16, 16>
  return %r : i1
}
func.func @f322(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "8e6975b8d7bd8fae"} {
  %r = fx.add %0, %1 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f323(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "d8005d9b26a26d48"} {
  %r = fx.sub %0, %1 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f324(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "0b69bc10ff89cac8"} {
  %r = fx.min %0, %1 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f325(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "8559e4dbdaad453f"} {
  %r = fx.max %0, %1 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f326(%0: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "d77dde2f87f06e7a"} {
  %r = fx.neg %0 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f327(%0: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "1e00a52d61c5bd9a"} {
  %r = fx.abs %0 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f328(%0: !fx.q<32, 32>, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "95841c6e374f4a57"} {
  %r = fx.shl %0, %1 : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f329(%0: !fx.q<32, 32>, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "38a1e6fc5d37bce0"} {
  %r = fx.shr %0, %1 nearest_even : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f330(%0: !fx.q<32, 32>, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "ebc630ff3ebca156"} {
  %r = fx.shr %0, %1 toward_zero : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f331(%0: !fx.q<32, 32>, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "821bbcefb281b496"} {
  %r = fx.shr %0, %1 floor : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f332(%0: !fx.q<32, 32>, %1: i32, %2: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "01f5ecdafb8f1fc7"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f333(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "678fe8e765ec7d30"} {
  %r = fx.cmp eq, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f334(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "e06d1ed0f27a9318"} {
  %r = fx.cmp ne, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f335(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "85c314a02ba5f58a"} {
  %r = fx.cmp lt, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f336(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "0bdd9a77e1f66103"} {
  %r = fx.cmp le, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f337(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "4fefb55b67ae2dfb"} {
  %r = fx.cmp gt, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f338(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> i1 attributes {inputs = "sample", checksum = "17e2a02717aa9352"} {
  %r = fx.cmp ge, %0, %1 : !fx.q<32, 32>
  return %r : i1
}
func.func @f339(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "271b10883084d7d4"} {
  %r = fx.add %0, %1 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f340(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "29a4b9d1fe5328cc"} {
  %r = fx.sub %0, %1 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f341(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "d1f1d99f0680c133"} {
  %r = fx.min %0, %1 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f342(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "fcc1d836004cc94b"} {
  %r = fx.max %0, %1 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f343(%0: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.neg %0 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f344(%0: !fx.uq<1, 62>) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "fb60a0c2a9b1a8b1"} {
  %r = fx.abs %0 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f345(%0: !fx.uq<1, 62>, %1: i32) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "aca034176634e67c"} {
  %r = fx.shl %0, %1 : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f346(%0: !fx.uq<1, 62>, %1: i32) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "007250b5c0d2965f"} {
  %r = fx.shr %0, %1 nearest_even : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f347(%0: !fx.uq<1, 62>, %1: i32) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "f162a6d5d6a615fd"} {
  %r = fx.shr %0, %1 toward_zero : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f348(%0: !fx.uq<1, 62>, %1: i32) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "f162a6d5d6a615fd"} {
  %r = fx.shr %0, %1 floor : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f349(%0: !fx.uq<1, 62>, %1: i32, %2: i32) -> !fx.uq<1, 62> attributes {inputs = "sample", checksum = "77ecef4c896e9422"} {
  %r = fx.shr %0, %1 stochastic(%2) : !fx.uq<1, 62>
  return %r : !fx.uq<1, 62>
}
func.func @f350(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "455695f6bbd5b6c5"} {
  %r = fx.cmp eq, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f351(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "c720049ef12c3d15"} {
  %r = fx.cmp ne, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f352(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "a22285023bed83d9"} {
  %r = fx.cmp lt, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f353(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "386d3babdcecbac9"} {
  %r = fx.cmp le, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f354(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "02e9280fc7985741"} {
  %r = fx.cmp gt, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f355(%0: !fx.uq<1, 62>, %1: !fx.uq<1, 62>) -> i1 attributes {inputs = "sample", checksum = "d7ebff7e31e843e9"} {
  %r = fx.cmp ge, %0, %1 : !fx.uq<1, 62>
  return %r : i1
}
func.func @f356(%0: !fx.q<8, 8>, %1: !fx.uq<0, 16>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "f425cc1efcc68220"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<8, 8>, !fx.uq<0, 16> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f357(%0: !fx.q<8, 8>, %1: !fx.uq<0, 16>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "3a202e7f1bbe9945"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<8, 8>, !fx.uq<0, 16> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f358(%0: !fx.q<8, 8>, %1: !fx.uq<0, 16>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "08c11abe4615644b"} {
  %r = fx.mul %0, %1 floor : !fx.q<8, 8>, !fx.uq<0, 16> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f359(%0: !fx.q<8, 8>, %1: !fx.uq<0, 16>, %2: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "db283bfe68c7fdb9"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<8, 8>, !fx.uq<0, 16> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f360(%0: !fx.q<8, 24>, %1: !fx.q<16, 16>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "898f7a1de62a8b07"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<8, 24>, !fx.q<16, 16> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f361(%0: !fx.q<8, 24>, %1: !fx.q<16, 16>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "9e0cdca39c91b727"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<8, 24>, !fx.q<16, 16> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f362(%0: !fx.q<8, 24>, %1: !fx.q<16, 16>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "975b279912d8b5e1"} {
  %r = fx.mul %0, %1 floor : !fx.q<8, 24>, !fx.q<16, 16> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f363(%0: !fx.q<8, 24>, %1: !fx.q<16, 16>, %2: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "5e9eff5d7164e6e3"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<8, 24>, !fx.q<16, 16> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f364(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "17699c3f11634ed2"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<32, 32>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f365(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "cede312666ac990b"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<32, 32>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f366(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "1560339844439ef5"} {
  %r = fx.mul %0, %1 floor : !fx.q<32, 32>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f367(%0: !fx.q<32, 32>, %1: !fx.q<32, 32>, %2: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "f0678d77bab8e55e"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<32, 32>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f368(%0: !fx.uq<31, 32>, %1: !fx.q<1, 63>) -> !fx.q<64, 0> attributes {inputs = "sample", checksum = "3871b56a7bcd262f"} {
  %r = fx.mul %0, %1 nearest_even : !fx.uq<31, 32>, !fx.q<1, 63> -> !fx.q<64, 0>
  return %r : !fx.q<64, 0>
}
func.func @f369(%0: !fx.uq<31, 32>, %1: !fx.q<1, 63>) -> !fx.q<64, 0> attributes {inputs = "sample", checksum = "100e92f18e93975b"} {
  %r = fx.mul %0, %1 toward_zero : !fx.uq<31, 32>, !fx.q<1, 63> -> !fx.q<64, 0>
  return %r : !fx.q<64, 0>
}
func.func @f370(%0: !fx.uq<31, 32>, %1: !fx.q<1, 63>) -> !fx.q<64, 0> attributes {inputs = "sample", checksum = "d581e226e6738fd9"} {
  %r = fx.mul %0, %1 floor : !fx.uq<31, 32>, !fx.q<1, 63> -> !fx.q<64, 0>
  return %r : !fx.q<64, 0>
}
func.func @f371(%0: !fx.uq<31, 32>, %1: !fx.q<1, 63>, %2: i32) -> !fx.q<64, 0> attributes {inputs = "sample", checksum = "6ecf0e7e8009779f"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.uq<31, 32>, !fx.q<1, 63> -> !fx.q<64, 0>
  return %r : !fx.q<64, 0>
}
func.func @f372(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f373(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f374(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "5e06d87b2fdd310e"} {
  %r = fx.mul %0, %1 floor : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f375(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>, %2: i32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "0a9d17a0cf51e352"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f376(%0: !fx.q<64, 0>, %1: !fx.q<64, 0>) -> !fx.q<0, 64> attributes {inputs = "sample", checksum = "bcd39615e1017502"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<64, 0>, !fx.q<64, 0> -> !fx.q<0, 64>
  return %r : !fx.q<0, 64>
}
func.func @f377(%0: !fx.q<64, 0>, %1: !fx.q<64, 0>) -> !fx.q<0, 64> attributes {inputs = "sample", checksum = "bcd39615e1017502"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<64, 0>, !fx.q<64, 0> -> !fx.q<0, 64>
  return %r : !fx.q<0, 64>
}
func.func @f378(%0: !fx.q<64, 0>, %1: !fx.q<64, 0>) -> !fx.q<0, 64> attributes {inputs = "sample", checksum = "bcd39615e1017502"} {
  %r = fx.mul %0, %1 floor : !fx.q<64, 0>, !fx.q<64, 0> -> !fx.q<0, 64>
  return %r : !fx.q<0, 64>
}
func.func @f379(%0: !fx.q<64, 0>, %1: !fx.q<64, 0>, %2: i32) -> !fx.q<0, 64> attributes {inputs = "sample", checksum = "ad1eb72d8503793f"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<64, 0>, !fx.q<64, 0> -> !fx.q<0, 64>
  return %r : !fx.q<0, 64>
}
func.func @f380(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<62, 2> attributes {inputs = "sample", checksum = "9afe0cf34a511cab"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<62, 2>
  return %r : !fx.q<62, 2>
}
func.func @f381(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<62, 2> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<62, 2>
  return %r : !fx.q<62, 2>
}
func.func @f382(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>) -> !fx.q<62, 2> attributes {inputs = "sample", checksum = "5e06d87b2fdd310e"} {
  %r = fx.mul %0, %1 floor : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<62, 2>
  return %r : !fx.q<62, 2>
}
func.func @f383(%0: !fx.q<0, 64>, %1: !fx.q<0, 64>, %2: i32) -> !fx.q<62, 2> attributes {inputs = "sample", checksum = "adb414c9098f0fbf"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<0, 64>, !fx.q<0, 64> -> !fx.q<62, 2>
  return %r : !fx.q<62, 2>
}
func.func @f384(%0: !fx.q<10, 2>, %1: !fx.q<24, 0>) -> !fx.q<8, 56> attributes {inputs = "sample", checksum = "f3e147070ab3b027"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<10, 2>, !fx.q<24, 0> -> !fx.q<8, 56>
  return %r : !fx.q<8, 56>
}
func.func @f385(%0: !fx.q<10, 2>, %1: !fx.q<24, 0>) -> !fx.q<8, 56> attributes {inputs = "sample", checksum = "f3e147070ab3b027"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<10, 2>, !fx.q<24, 0> -> !fx.q<8, 56>
  return %r : !fx.q<8, 56>
}
func.func @f386(%0: !fx.q<10, 2>, %1: !fx.q<24, 0>) -> !fx.q<8, 56> attributes {inputs = "sample", checksum = "f3e147070ab3b027"} {
  %r = fx.mul %0, %1 floor : !fx.q<10, 2>, !fx.q<24, 0> -> !fx.q<8, 56>
  return %r : !fx.q<8, 56>
}
func.func @f387(%0: !fx.q<10, 2>, %1: !fx.q<24, 0>, %2: i32) -> !fx.q<8, 56> attributes {inputs = "sample", checksum = "e64b00395cc9088e"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<10, 2>, !fx.q<24, 0> -> !fx.q<8, 56>
  return %r : !fx.q<8, 56>
}
func.func @f388(%0: !fx.uq<0, 16>, %1: !fx.q<8, 8>, %2: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "280a7a5607d95a2a"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f389(%0: !fx.uq<0, 16>, %1: !fx.q<8, 8>, %2: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "50f3639024f8c170"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f390(%0: !fx.uq<0, 16>, %1: !fx.q<8, 8>, %2: !fx.q<8, 8>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "88c8b3d6e43755cd"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f391(%0: !fx.uq<0, 16>, %1: !fx.q<8, 8>, %2: !fx.q<8, 8>, %3: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "27707350401ed4e1"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f392(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>, %2: !fx.q<16, 8>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "219ca45db293e1b6"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.q<8, 24>, !fx.q<8, 24>, !fx.q<16, 8> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f393(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>, %2: !fx.q<16, 8>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "471726c00ab1bd8c"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.q<8, 24>, !fx.q<8, 24>, !fx.q<16, 8> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f394(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>, %2: !fx.q<16, 8>) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "ec58f006fd023fe5"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.q<8, 24>, !fx.q<8, 24>, !fx.q<16, 8> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f395(%0: !fx.q<8, 24>, %1: !fx.q<8, 24>, %2: !fx.q<16, 8>, %3: i32) -> !fx.q<8, 24> attributes {inputs = "sample", checksum = "fc65d4f10a2f158e"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.q<8, 24>, !fx.q<8, 24>, !fx.q<16, 8> -> !fx.q<8, 24>
  return %r : !fx.q<8, 24>
}
func.func @f396(%0: !fx.q<31, 32>, %1: !fx.uq<31, 31>, %2: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "10d3d5f3584beb9b"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.q<31, 32>, !fx.uq<31, 31>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f397(%0: !fx.q<31, 32>, %1: !fx.uq<31, 31>, %2: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "b1213e5b230fa886"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.q<31, 32>, !fx.uq<31, 31>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f398(%0: !fx.q<31, 32>, %1: !fx.uq<31, 31>, %2: !fx.q<32, 32>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "77ef22aaa7be1b6f"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.q<31, 32>, !fx.uq<31, 31>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f399(%0: !fx.q<31, 32>, %1: !fx.uq<31, 31>, %2: !fx.q<32, 32>, %3: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "77ec1cfc030cdf72"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.q<31, 32>, !fx.uq<31, 31>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f400(%0: !fx.uq<8, 8>, %1: !fx.uq<8, 8>, %2: !fx.q<40, -20>) -> !fx.q<4, 60> attributes {inputs = "sample", checksum = "2095c1b0ede72d82"} {
  %r = fx.mul_add %0, %1, %2 nearest_even : !fx.uq<8, 8>, !fx.uq<8, 8>, !fx.q<40, -20> -> !fx.q<4, 60>
  return %r : !fx.q<4, 60>
}
func.func @f401(%0: !fx.uq<8, 8>, %1: !fx.uq<8, 8>, %2: !fx.q<40, -20>) -> !fx.q<4, 60> attributes {inputs = "sample", checksum = "2095c1b0ede72d82"} {
  %r = fx.mul_add %0, %1, %2 toward_zero : !fx.uq<8, 8>, !fx.uq<8, 8>, !fx.q<40, -20> -> !fx.q<4, 60>
  return %r : !fx.q<4, 60>
}
func.func @f402(%0: !fx.uq<8, 8>, %1: !fx.uq<8, 8>, %2: !fx.q<40, -20>) -> !fx.q<4, 60> attributes {inputs = "sample", checksum = "2095c1b0ede72d82"} {
  %r = fx.mul_add %0, %1, %2 floor : !fx.uq<8, 8>, !fx.uq<8, 8>, !fx.q<40, -20> -> !fx.q<4, 60>
  return %r : !fx.q<4, 60>
}
func.func @f403(%0: !fx.uq<8, 8>, %1: !fx.uq<8, 8>, %2: !fx.q<40, -20>, %3: i32) -> !fx.q<4, 60> attributes {inputs = "sample", checksum = "d9173c83327353b1"} {
  %r = fx.mul_add %0, %1, %2 stochastic(%3) : !fx.uq<8, 8>, !fx.uq<8, 8>, !fx.q<40, -20> -> !fx.q<4, 60>
  return %r : !fx.q<4, 60>
}
func.func @f404(%0: !fx.q<8, 24>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "f4c1bb679022b482"} {
  %r = fx.convert %0 nearest_even : !fx.q<8, 24> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f405(%0: !fx.q<8, 24>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "56f618b3ccd6a306"} {
  %r = fx.convert %0 toward_zero : !fx.q<8, 24> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f406(%0: !fx.q<8, 24>) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "2cc58f29db928aa9"} {
  %r = fx.convert %0 floor : !fx.q<8, 24> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f407(%0: !fx.q<8, 24>, %1: i32) -> !fx.q<8, 8> attributes {inputs = "sample", checksum = "c1ed53a2390ec439"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<8, 24> -> !fx.q<8, 8>
  return %r : !fx.q<8, 8>
}
func.func @f408(%0: !fx.q<32, 32>) -> !fx.q<24, 0> attributes {inputs = "sample", checksum = "f6ab90f6ff197d0f"} {
  %r = fx.convert %0 nearest_even : !fx.q<32, 32> -> !fx.q<24, 0>
  return %r : !fx.q<24, 0>
}
func.func @f409(%0: !fx.q<32, 32>) -> !fx.q<24, 0> attributes {inputs = "sample", checksum = "2c3b17315b918118"} {
  %r = fx.convert %0 toward_zero : !fx.q<32, 32> -> !fx.q<24, 0>
  return %r : !fx.q<24, 0>
}
func.func @f410(%0: !fx.q<32, 32>) -> !fx.q<24, 0> attributes {inputs = "sample", checksum = "e8ed00b78123a2f5"} {
  %r = fx.convert %0 floor : !fx.q<32, 32> -> !fx.q<24, 0>
  return %r : !fx.q<24, 0>
}
func.func @f411(%0: !fx.q<32, 32>, %1: i32) -> !fx.q<24, 0> attributes {inputs = "sample", checksum = "40cce092b46ddb92"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<32, 32> -> !fx.q<24, 0>
  return %r : !fx.q<24, 0>
}
func.func @f412(%0: !fx.uq<16, 16>) -> !fx.q<2, 30> attributes {inputs = "sample", checksum = "967794bc005e1710"} {
  %r = fx.convert %0 nearest_even : !fx.uq<16, 16> -> !fx.q<2, 30>
  return %r : !fx.q<2, 30>
}
func.func @f413(%0: !fx.uq<16, 16>) -> !fx.q<2, 30> attributes {inputs = "sample", checksum = "967794bc005e1710"} {
  %r = fx.convert %0 toward_zero : !fx.uq<16, 16> -> !fx.q<2, 30>
  return %r : !fx.q<2, 30>
}
func.func @f414(%0: !fx.uq<16, 16>) -> !fx.q<2, 30> attributes {inputs = "sample", checksum = "967794bc005e1710"} {
  %r = fx.convert %0 floor : !fx.uq<16, 16> -> !fx.q<2, 30>
  return %r : !fx.q<2, 30>
}
func.func @f415(%0: !fx.uq<16, 16>, %1: i32) -> !fx.q<2, 30> attributes {inputs = "sample", checksum = "18da7544759ddf7d"} {
  %r = fx.convert %0 stochastic(%1) : !fx.uq<16, 16> -> !fx.q<2, 30>
  return %r : !fx.q<2, 30>
}
func.func @f416(%0: !fx.q<64, 0>) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "4713fb5d460811b8"} {
  %r = fx.convert %0 nearest_even : !fx.q<64, 0> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f417(%0: !fx.q<64, 0>) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "4713fb5d460811b8"} {
  %r = fx.convert %0 toward_zero : !fx.q<64, 0> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f418(%0: !fx.q<64, 0>) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "4713fb5d460811b8"} {
  %r = fx.convert %0 floor : !fx.q<64, 0> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f419(%0: !fx.q<64, 0>, %1: i32) -> !fx.uq<-1, 64> attributes {inputs = "sample", checksum = "0e34d127b21e1f56"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<64, 0> -> !fx.uq<-1, 64>
  return %r : !fx.uq<-1, 64>
}
func.func @f420(%0: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.convert %0 nearest_even : !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f421(%0: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "79b4da79586cdf65"} {
  %r = fx.convert %0 toward_zero : !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f422(%0: !fx.q<0, 64>) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "207c74358a8f32b5"} {
  %r = fx.convert %0 floor : !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f423(%0: !fx.q<0, 64>, %1: i32) -> !fx.q<128, -64> attributes {inputs = "sample", checksum = "ff9b415fb6277da1"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<0, 64> -> !fx.q<128, -64>
  return %r : !fx.q<128, -64>
}
func.func @f424(%0: !fx.q<16, 8>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "0d141c581d6cdf65"} {
  %r = fx.convert %0 nearest_even : !fx.q<16, 8> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f425(%0: !fx.q<16, 8>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "0d141c581d6cdf65"} {
  %r = fx.convert %0 toward_zero : !fx.q<16, 8> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f426(%0: !fx.q<16, 8>) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "0d141c581d6cdf65"} {
  %r = fx.convert %0 floor : !fx.q<16, 8> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f427(%0: !fx.q<16, 8>, %1: i32) -> !fx.q<32, 32> attributes {inputs = "sample", checksum = "cc3eb220e86cdf65"} {
  %r = fx.convert %0 stochastic(%1) : !fx.q<16, 8> -> !fx.q<32, 32>
  return %r : !fx.q<32, 32>
}
func.func @f428(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "73054688f5ccf26a"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f429(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "89b1161f5c87fafa"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f430(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "114d3b1ce8622b9a"} {
  %r = fx.mul %0, %1 floor : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f431(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>, %2: i32) -> !fx.q<1, 7> attributes {inputs = "all", checksum = "7e29d4677c1aeca2"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 7>
  return %r : !fx.q<1, 7>
}
func.func @f432(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 14> attributes {inputs = "all", checksum = "c25eaf242431feda"} {
  %r = fx.mul %0, %1 nearest_even : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 14>
  return %r : !fx.q<1, 14>
}
func.func @f433(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 14> attributes {inputs = "all", checksum = "c25eaf242431feda"} {
  %r = fx.mul %0, %1 toward_zero : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 14>
  return %r : !fx.q<1, 14>
}
func.func @f434(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>) -> !fx.q<1, 14> attributes {inputs = "all", checksum = "c25eaf242431feda"} {
  %r = fx.mul %0, %1 floor : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 14>
  return %r : !fx.q<1, 14>
}
func.func @f435(%0: !fx.q<1, 7>, %1: !fx.q<1, 7>, %2: i32) -> !fx.q<1, 14> attributes {inputs = "all", checksum = "c25eaf242431feda"} {
  %r = fx.mul %0, %1 stochastic(%2) : !fx.q<1, 7>, !fx.q<1, 7> -> !fx.q<1, 14>
  return %r : !fx.q<1, 14>
}
