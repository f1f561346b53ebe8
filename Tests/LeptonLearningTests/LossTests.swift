import LeptonLearning
import LeptonTensor
import Testing

@Suite struct LossTests {
  @Test func `cross entropy of equal logits is the logarithm of their number`() throws {
    let logits = try Tensor(repeating: 0.0, shape: [3, 10])
    let labels = try Tensor([0, 5, 9], shape: [3])
    let loss = try Loss.crossEntropy().apply(outputs: logits, targets: labels).item()
    #expect(abs(loss - 2.302_585) < 1e-5)
  }

  @Test func `smoothing gives every class a share`() throws {
    let logits = try Tensor([2, 0, 0, 0] as [Float], shape: [1, 4])
    let labels = try Tensor([0], shape: [1])
    let loss = try Loss.crossEntropy(smoothing: 0.2).apply(outputs: logits, targets: labels).item()
    // log Σ e^z − Σ target · z with targets 0.85, 0.05, 0.05, 0.05.
    #expect(abs(loss - (2.340_753_0 - 0.85 * 2)) < 1e-5)
  }

  @Test func `a column of outputs goes with a row of targets`() throws {
    let outputs = try Tensor([1, 2] as [Float], shape: [2, 1])
    let targets = try Tensor([1, 4] as [Float], shape: [2])
    #expect(try Loss.meanSquaredError.apply(outputs: outputs, targets: targets).item() == 2)
  }

  @Test func `outputs that do not go with the labels are refused with a mend`() throws {
    let labels = try Tensor([0, 1], shape: [2])
    let error = #expect(throws: TensorError.self) {
      try Loss.crossEntropy().apply(
        outputs: Tensor(repeating: 0.0, shape: [2, 26, 26, 10]), targets: labels)
    }
    #expect(error?.code == "shape/target")
    #expect(
      error?.message
        == "the model ends in [batch, 26, 26, 10], but the labels are one class for each example")
    #expect(error?.help.first?.contains("flatten()") == true)
  }
}
