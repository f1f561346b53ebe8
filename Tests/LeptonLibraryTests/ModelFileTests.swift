import Glibc
import LeptonFiles
import Testing

/// Models written to files and read back.
@Suite struct ModelFileTests {
  /// What a program gives that may write in a folder of its own.
  private func transcript(of text: String) throws -> String {
    var template = Array("/tmp/lepton-models-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    defer { _ = unlink("\(folder)/m.safetensors").advanced(by: Int(rmdir(folder))) }
    return Transcript(
      of: text, files: FileBroker(folder: folder, readable: ["."], writable: ["."])
    ).text
  }

  @Test func `a model that is loaded gives what the saved one gave`() throws {
    let text = try transcript(
      of: """
        net = flatten() >> dense(4, tanh, kernel=he_normal) >> dense(2, bias=nothing)
        model = untrained(net, input=[2, 3], seed=1)
        save(model, "m.safetensors")
        back = load("m.safetensors")
        back
        x = ones([1, 2, 3])
        same(model(x), back(x))
        """)
    #expect(
      text == "flatten() >> dense(4, tanh, kernel=he_normal) >> dense(2, bias=nothing)\ntrue")
  }

  @Test func `a model with functions of one's own is loaded into itself only`() throws {
    let text = try transcript(
      of: """
        net = dense(2) >> (x -> x * 2)
        save(untrained(net, input=[3], seed=1), "m.safetensors")
        same(load("m.safetensors", net)(ones([1, 3])), untrained(net, input=[3], seed=1)(ones([1, 3])))
        load("m.safetensors")
        """)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "true")
    #expect(lines.last?.hasPrefix("model/file: ") == true)
  }

  @Test func `a model that prepares each of its inputs is loaded with what they learned`() throws {
    let text = try transcript(
      of: """
        facts = table({age: [1.0, 2.0, nothing, 5.0], pay: [1.0, 2.0, 3.0, 9.0]})
        data = dataset({facts: facts, town: ["A", "B", "A", "C"]}, [0, 1, 0, 1])
        net = prepare_each({facts: impute() >> standardize(), town: one_hot_encode()})
          >> (x -> concat(x.facts, x.town, axis=-1)) >> dense(2)
        model = train(net, data, epochs=2, seed=1)
        save(model, "m.safetensors")
        back = load("m.safetensors", net)
        x = {facts: table({age: [nothing, 4.0], pay: [5, 6]}), town: ["B", "new"]}
        same(model(x), back(x))
        source(back.preparation)
        """)
    #expect(
      text == """
        true
        "prepare_each({facts: impute() >> standardize(), town: one_hot_encode()})"
        """)
  }

  @Test func `layers and activations of the library are loaded, wherever they are written`() throws
  {
    let text = try transcript(
      of: """
        block = batch_norm() >> dense(3, gelu) >> prelu()
        net = dense(3, mish) >> residual(block) >> spatial_dropout(0.5) >> layer_norm() >> selu
        model = untrained(net, input=[2], seed=1)
        save(model, "m.safetensors")
        back = load("m.safetensors")
        back
        same(model(ones([1, 2])), back(ones([1, 2])))
        """)
    #expect(
      text == """
        dense(3, mish) >> residual(batch_norm() >> dense(3, gelu) >> prelu()) >> \
        spatial_dropout(0.5) >> layer_norm() >> selu
        true
        """)
  }

  @Test func `states travel with the model`() throws {
    let text = try transcript(
      of: """
        net = (layer x -> x - state([1], zeros, m -> mean(x, axis=0), name="centre")) >> dense(1)
        model = train(net, dataset([[2.0], [4.0]], [0.0, 0.0]), seed=1)
        save(model, "m.safetensors")
        load("m.safetensors", net).states
        same(load("m.safetensors", net)(ones([1, 1])), model(ones([1, 1])))
        """)
    #expect(text == "{\"0.net.centre\": tensor([3.0])}\ntrue")
  }

  @Test func `what steps have learned travels with the model`() throws {
    let text = try transcript(
      of: """
        t = table({size: [1.0, nothing, 3.0, 8.0], town: ["a", "b", "a", "c"], y: [0.5, 1.5, 2.5, 3.5]})
        data = dataset(t, "y")
        net = impute("size", by="nearest", indicator=true) >> one_hot_encode("town") >> standardize()
        model = train(net >> dense(1), data, epochs=2, seed=1)
        save(model, "m.safetensors")
        back = load("m.safetensors")
        back
        back.preparation
        same(predict(model, t), predict(back, t))
        same(predict(model, {size: nothing, town: "x"}), predict(back, {size: nothing, town: "x"}))
        """)
    let lines = text.split(separator: "\n")
    let steps =
      "impute(\"size\", by=\"nearest\", indicator=true) >> one_hot_encode(\"town\") >> standardize()"
    #expect(lines.first ?? "" == steps + " >> dense(1)")
    #expect(lines.dropFirst().first ?? "" == steps)
    #expect(lines.suffix(2) == ["true", "true"])
  }

  @Test func `a model that prepares by a function of one's own is not saved`() throws {
    let text = try transcript(
      of: """
        data = dataset(table({x: [1.0, 2.0]}), [0.5, 1.5])
        model = train((t -> t) >> standardize() >> dense(1), data, seed=1)
        save(model, "m.safetensors")
        """)
    #expect(text.hasPrefix("model/file: "))
  }

  @Test func `parameters of another model are refused`() throws {
    let text = try transcript(
      of: """
        save(untrained(dense(2), input=[3], seed=1), "m.safetensors")
        load("m.safetensors", dense(4))
        """)
    #expect(text.hasPrefix("model/parameter: "))
  }
}
