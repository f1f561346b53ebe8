import LeptonLibrary
import LeptonRuntime
import Testing

@Suite struct LearningWordTests {
  @Test(arguments: [
    "dense", "flatten", "dropout", "glorot_uniform", "cross_entropy", "adam", "one_cycle", "shift",
    "dataset", "holdout", "mnist", "iris", "train", "evaluate", "predict", "classify", "summary",
    "compare", "confusion", "per_class", "mistakes", "images", "read_image", "save", "load",
  ])
  func `a word of learning stands in the table with its sentence`(name: String) throws {
    let word = try #require(Library.standard().lookup(name))
    #expect(word.summary.hasSuffix("."))
  }
}
