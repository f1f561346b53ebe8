import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// What goes through sequences `[batch, time, …]`; the layers stand in `stdlib/sequences.lep`.
  static var sequences: Family {
    Family("Sequences", [embed, rnnStates, gruStates, lstmStates, ctcLosses, ctcBeam])
  }

  private static var embed: Builtin {
    Builtin(
      "embed(table, rows)", "The rows of a table that whole numbers name.",
      details: """
        The shape of the numbers takes the place of the first axis. A number that names no row is a mistake, \
        inside a model too; negative ones are none. The layer `embedding` learns such a table.
        """,
      examples: [
        "embed([[1.0, 2.0], [3.0, 4.0]], [1, 1, 0])":
          "tensor([[3.0, 4.0], [3.0, 4.0], [1.0, 2.0]])"
      ]
    ) { (table: Tensor, rows: Tensor) in try table.embedded(rows) }
  }

  private static func aboutStates(_ gates: String) -> String {
    """
    `x` is `[batch, time, \(gates)units]`, the inputs times their weights; `recurrent` is `[units, \
    \(gates)units]`. Where `mask`, `[batch, time]`, is false the state stays as it is. With `reverse=true` the \
    sequence is gone through from its end; the states stand at their steps all the same.
    """
  }

  private static var rnnStates: Builtin {
    Builtin(
      """
      rnn_states(x, recurrent, bias = nothing, initial = nothing, mask = nothing, reverse = false, \
      activation = tanh)
      """,
      "The states h = tanh(x + h @ recurrent + bias) after each step of sequences.",
      details: aboutStates("")
        + " `activation` is tanh or relu; `scan` goes through with any cell.",
      examples: [
        "rnn_states([[[1.0], [2.0], [-9.0]]], [[1.0]], activation=relu)":
          "tensor([[[1.0], [3.0], [0.0]]])"
      ]
    ) {
      (
        x: Tensor, recurrent: Tensor, bias: Tensor?, initial: Tensor?, mask: Tensor?, reverse: Bool,
        activation: Value
      ) in
      let name = activation.callable.flatMap { LayerMaker.activation(of: $0)?.source }
      guard name == "tanh" || name == "relu" else {
        throw LanguageError(
          "type/argument", "expected tanh or relu, and this is \(activation.typeDescription)",
          help: ["scan goes through a sequence with any cell"])
      }
      return try Recurrence(
        name == "relu" ? .simpleRelu : .simple, recurrent: recurrent, bias: bias, initial: initial,
        mask: mask, isReversed: reverse
      ).states(of: x)
    }
  }

  private static var gruStates: Builtin {
    Builtin(
      """
      gru_states(x, recurrent, bias = nothing, initial = nothing, mask = nothing, reverse = false)
      """,
      "The states of gated recurrent units after each step of sequences.",
      details: """
        The reset gate stands behind the product, as in PyTorch and in Keras (`reset_after`): \
        z = sigmoid(x_z + h @ U_z + b_z), r likewise, n = tanh(x_n + r * (h @ U_n + b_n)), and the new state \
        is z * h + (1 - z) * n. The columns stand in Keras's order z, r, n. \(aboutStates("3 * "))
        """,
      examples: [
        "gru_states(zeros([1, 2, 3]), zeros([1, 3]), initial=[[8.0]])":
          "tensor([[[4.0], [2.0]]])"
      ]
    ) {
      (
        x: Tensor, recurrent: Tensor, bias: Tensor?, initial: Tensor?, mask: Tensor?, reverse: Bool
      ) in
      try Recurrence(
        .gated, recurrent: recurrent, bias: bias, initial: initial, mask: mask, isReversed: reverse
      ).states(of: x)
    }
  }

  private static var lstmStates: Builtin {
    Builtin(
      """
      lstm_states(x, recurrent, bias = nothing, initial = nothing, mask = nothing, reverse = false)
      """,
      "The states of long short-term memories after each step of sequences.",
      details: """
        A state is h and c side by side: `[batch, time, 2 * units]`. The columns of the gates stand in the \
        order i, f, g, o, as in PyTorch and Keras: c = sigmoid(f) * c + sigmoid(i) * tanh(g), \
        h = sigmoid(o) * tanh(c). \(aboutStates("4 * "))
        """,
      examples: [
        "lstm_states(zeros([1, 2, 4]), zeros([1, 4]), initial=[[0.0, 8.0]])[..., 1]":
          "tensor([[4.0, 2.0]])"
      ]
    ) {
      (
        x: Tensor, recurrent: Tensor, bias: Tensor?, initial: Tensor?, mask: Tensor?, reverse: Bool
      ) in
      try Recurrence(
        .memory, recurrent: recurrent, bias: bias, initial: initial, mask: mask, isReversed: reverse
      ).states(of: x)
    }
  }

  private static var ctcLosses: Builtin {
    Builtin(
      "ctc_losses(logits, labels, lengths = nothing, label_lengths = nothing, blank = 0)",
      "For each example -log of the probability that its frames say its labels.",
      details: """
        Connectionist temporal classification (Graves and others 2006): `logits` is `[batch, time, classes]`, \
        before any softmax; `labels` is `[batch, most labels]`, filled up with -1. A label lasts one frame or more, \
        between labels may stand blanks, and between two that are alike must stand one. `lengths` says how many frames \
        of each example count, `label_lengths` how many labels. Where the frames are too few the loss is `inf`, and \
        its gradient 0. The loss `ctc` is the mean of these.
        """,
      examples: [
        "ctc_losses(zeros([1, 2, 2]), [[1]])": "tensor([0.2876821])",
        "ctc_losses(zeros([1, 1, 2]), [[1, 1]])": "tensor([inf])",
      ]
    ) { (logits: Tensor, labels: Tensor, lengths: Tensor?, labelLengths: Tensor?, blank: Int) in
      guard logits.shape.rank == 3 else {
        throw TensorError(
          "shape/target",
          "the logits are [batch, time, classes], and these have shape \(logits.shape)")
      }
      let time = try Tensor(repeating: logits.shape[1], shape: [logits.shape[0]])
      return try logits.cast(to: logits.elementType.asFloat).logSoftmax().alignmentLosses(
        labels: labels, times: lengths ?? time,
        lengths: labelLengths ?? labels.greaterOrEqual(to: 0).sum(axes: [-1]), blank: blank)
    }
  }

  private static var ctcBeam: Builtin {
    Builtin(
      "ctc_beam(logits, width = 10, lengths = nothing, blank = 0)",
      "The most probable labels of frames, found with a beam of prefixes.",
      details: """
        For each example a list of records `{labels, log_probability}`, the most probable first: unlike \
        `ctc_greedy` it adds up all alignments of the same labels (Graves 2012). `width` says how many prefixes are \
        kept.
        """,
      examples: [
        "ctc_beam([[[0.0, 2.0], [2.0, 0.0], [0.0, 2.0]]])[0][0].labels": "[1, 1]"
      ]
    ) { (logits: Tensor, width: Int, lengths: [Int]?, blank: Int) in
      let search = try BeamSearch(width: width, blank: blank)
      return try frames(logits, lengths, blank).map { example in
        search.hypotheses(example).map(record).value
      }.value
    }
  }

  private static func record(_ hypothesis: BeamSearch.Hypothesis) -> Value {
    Record([
      "labels": hypothesis.labels.value, "log_probability": .float(hypothesis.logProbability),
    ]).value
  }

  /// The log-probabilities of the frames of each example.
  private static func frames(
    _ logits: Tensor, _ lengths: [Int]?, _ blank: Int
  ) throws -> [[[Double]]] {
    guard logits.shape.rank == 3 else {
      throw TensorError(
        "shape/target",
        "the logits are [batch, time, classes], and these have shape \(logits.shape)")
    }
    let (batch, time, classes) = (logits.shape[0], logits.shape[1], logits.shape[2])
    guard blank >= 0, blank < classes else {
      throw TensorError("value/range", "the blank \(blank) is none of the \(classes) classes")
    }
    let lengths = lengths ?? Array(repeating: time, count: batch)
    guard lengths.count == batch, lengths.allSatisfy({ $0 >= 0 && $0 <= time }) else {
      throw TensorError(
        "value/range", "the lengths are \(batch) numbers of frames from 0 to \(time)")
    }
    let numbers = try logits.cast(to: .float64).logSoftmax().elements(as: Double.self)
    return lengths.enumerated().map { example, length in
      (0..<length).map { frame in
        let start = (example * time + frame) * classes
        return Array(numbers[start..<start + classes])
      }
    }
  }
}
