import Foundation
import LeptonFiles
import Testing

/// Checkpoints in files: going on, what is damaged, what belongs to another run.
@Suite struct CheckpointFileTests {
  private let folder: String
  private var file: String { "\(folder)/run.ckpt" }

  init() throws {
    folder = NSTemporaryDirectory() + "lepton-checkpoints-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func run(_ text: String) -> String {
    Transcript(of: text, files: FileBroker(folder: folder, readable: ["."], writable: ["."])).text
  }

  private func train(
    _ more: String = "", _ model: String = "dense(8, tanh) >> dropout(0.2) >> dense(3)"
  ) -> String {
    """
    net = \(model)
    trained = train(net, iris(), epochs=2, batch=32, checkpoint="run.ckpt", every=2\(more))
    sum(trained(iris().inputs))
    len(trained.history)
    """
  }

  @Test func `a run that ended is not run again, and gives the same model`() throws {
    let first = run(train())
    let time = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    #expect(run(train()) == first)
    let later = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    #expect(time == later)
    let plain = train().replacingOccurrences(of: ", checkpoint=\"run.ckpt\", every=2", with: "")
    #expect(run(plain) == first)
  }

  @Test func `a damaged file gives way to the one before it, which is kept`() throws {
    let first = run(train())
    let bytes = try #require(FileManager.default.contents(atPath: file))
    #expect(FileManager.default.fileExists(atPath: file + ".previous"))
    try bytes.dropLast(100).write(to: URL(fileURLWithPath: file))
    let text = run(train())
    #expect(text.hasPrefix("notice: `run.ckpt` is damaged: "))
    #expect(text.contains("training goes on from run.ckpt.previous"))
    #expect(text.hasSuffix(first))
    let whole = try #require(FileManager.default.contents(atPath: file))
    #expect(whole.count == bytes.count)
    #expect(run(train()) == first)
  }

  @Test(arguments: [0.1, 0.5, 0.9])
  func `a file in which a single bit has changed gives way to the one before it`(
    place: Double
  ) throws {
    let first = run(train())
    var bytes = try #require(FileManager.default.contents(atPath: file))
    bytes[bytes.startIndex + Int(place * Double(bytes.count))] ^= 4
    try bytes.write(to: URL(fileURLWithPath: file))
    let text = run(train())
    #expect(text.contains("training goes on from run.ckpt.previous"))
    #expect(text.hasSuffix(first))
  }

  @Test func `a run over arrays in files goes on, unless they have changed`() throws {
    let program = train().replacingOccurrences(
      of: "net, iris()", with: "net, dataset(array_file(\"x.npy\"), array_file(\"y.npy\"))")
    _ = run("write_npy(\"x.npy\", iris().inputs)\nwrite_npy(\"y.npy\", iris().targets)")
    let first = run(program)
    #expect(first.hasSuffix("\n2"), "\(first)")
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: file + ".previous", toPath: file)
    #expect(run(program) == first)
    _ = run("write_npy(\"x.npy\", 2 * iris().inputs)")
    #expect(run(program).contains("another digest of the data"))
  }

  @Test func `if both are damaged, training does not begin and nothing is written`() throws {
    _ = run(train())
    for name in [file, file + ".previous"] {
      try Data("short".utf8).write(to: URL(fileURLWithPath: name))
    }
    #expect(run(train()).hasPrefix("file/damaged: "))
    #expect(FileManager.default.contents(atPath: file) == Data("short".utf8))
  }

  @Test func `a checkpoint of another run is refused, and stays`() throws {
    _ = run(train())
    let bytes = FileManager.default.contents(atPath: file)
    let other = run(train("", "dense(9, tanh) >> dropout(0.2) >> dense(3)"))
    #expect(
      other.hasPrefix(
        "train/checkpoint: training cannot go on from run.ckpt: the parameter 0.dense.kernel is "
          + "float32 of shape [4, 8] there and float32 of shape [4, 9] here"))
    #expect(run(train(", seed=3")).contains("another seed: nothing there, 3 here"))
    #expect(run(train(", shuffle=false")).contains("another shuffle: true there, false here"))
    let loss = run(train(", loss=(z, y) -> cross_entropy(2 * z, y)"))
    #expect(loss.contains("another loss"))
    #expect(FileManager.default.contents(atPath: file) == bytes)
  }

  @Test func `a function that captures another number is another function`() throws {
    func text(_ factor: String) -> String {
      "k = \(factor)\n" + train(", loss=(z, y) -> cross_entropy(k * z, y)")
    }
    _ = run(text("1.0"))
    #expect(run(text("2.0")).contains("another digest of the functions"))
  }

  @Test func `a model file is no checkpoint, and a checkpoint gives its model`() throws {
    let first = run(train() + "\nsave(trained, \"model.safetensors\")")
    #expect(!first.contains("error"))
    let loaded = run(
      """
      back = load("run.ckpt")
      back
      back.classes
      same(back(iris().inputs), load("model.safetensors")(iris().inputs))
      """)
    #expect(
      loaded == """
        dense(8, tanh) >> dropout(0.2) >> dense(3)
        ["setosa", "versicolor", "virginica"]
        true
        """)
    let wrong = train().replacingOccurrences(of: "run.ckpt", with: "model.safetensors")
    #expect(run(wrong).contains("it is no checkpoint of this version of Lepton"))
  }

  @Test func `no checkpoint can be kept where nothing may be written, and that is told at once`() {
    let text = Transcript(of: train(), files: FileBroker(folder: folder, readable: ["."])).text
    #expect(text.hasPrefix("file/denied: "))
    #expect(run("train(dense(3), iris(), every=2)").hasPrefix("call/missing: "))
    #expect(
      run(train().replacingOccurrences(of: "every=2", with: "every=0")).hasPrefix("value/range"))
  }
}
