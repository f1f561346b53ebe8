import LeptonTensor
import Testing

/// The same bits for any number of threads, and the same numbers with a plan and without one.
@Suite(.serialized) struct DeterminismTests {
  /// Models of every kind, on pictures of 8 × 8 with ten classes.
  private static let models = [
    "flatten() >> dense(40, relu) >> dropout(0.2) >> dense(10)",
    "flatten() >> dense(20, gelu) >> layer_norm() >> dense(10)",
    "flatten() >> residual_mlp(16, 1, 10)",
    "flatten() >> low_rank(16, 4) >> tanh >> dense(10)",
    "flatten() >> gated(12) >> rms_norm() >> dense(10)",
    "mixer_network(1, 10, hidden=8)",
    "dense(8) >> transformer_block(8) >> flatten() >> dense(10)",
    "small_cnn(10, filters=[4, 8])",
    "ds_cnn(10, filters=[4, 4, 8])", "gru(8) >> dense(10)", "lstm(8) >> dense(10)",
    "flatten() >> (x -> x + 0.1 * normal(x.shape)) >> dense(10)",
  ]

  /// Every number of a short training, whole.
  private func trained(_ model: String, threads: Int) -> String {
    let before = Execution.threads
    Execution.threads = threads
    defer { Execution.threads = before }
    return Transcript(
      of: """
        m = train(\(model), take(digits(), 150), epochs=2, batch=64, seed=5, augment=shift(1))
        [m.history.loss, [sum(p) for p in values(m.parameters)], sum(predict(m, take(digits(), 300)))]
        """
    ).text
  }

  @Test(arguments: models)
  func `the number of threads changes no bit of a training`(model: String) {
    let one = trained(model, threads: 1)
    #expect(one.hasPrefix("[["), "\(one)")
    for threads in [2, 3, 8] { #expect(trained(model, threads: threads) == one) }
  }

  @Test(arguments: models)
  func `a plan gives what the operations give one by one`(model: String) {
    let text = Transcript(
      of: """
        m = train(\(model), take(digits(), 100), epochs=1, seed=5)
        x = take(digits(), 50).inputs
        if len(keys(m.parameters)) > 0 { max(abs(predict(m, x) - planned(z -> m(z))(x))) < 1e-5 }
        max(abs(planned(z -> m(z))(x) - m(x))) < 1e-5
        """
    ).text
    #expect(text.hasSuffix("tensor(true)") || model.contains("normal"), "\(text)")
  }
}
