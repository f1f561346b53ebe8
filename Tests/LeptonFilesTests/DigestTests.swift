import LeptonFiles
import Testing

@Test func `A digest is BLAKE2b's of 16 bytes, whatever the pieces`() {
  let whole = Digest()
  Array("abc".utf8).withUnsafeBytes { whole.add($0) }
  let pieces = Digest()
  for letter in ["a", "bc"] { Array(letter.utf8).withUnsafeBytes { pieces.add($0) } }
  let digest = whole.finish()
  #expect(digest == "cf4ab791c62b8d2b2109c90275287816")
  #expect(pieces.finish() == digest)
}

@Test func `Two texts are not one long one`() {
  let (one, two) = (Digest(), Digest())
  one.add("ab")
  two.add("a")
  two.add("b")
  #expect(one.finish() != two.finish())
}
