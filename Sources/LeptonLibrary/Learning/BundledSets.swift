import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// The data sets that come with Lepton.
  static var bundledSets: Family {
    Family(
      "Data sets that come with Lepton",
      standingIn([mnist, digits, iris, wine, breastCancer, airlinePassengers]))
  }

  private static var mnist: Builtin {
    Builtin(
      "mnist(raw = false)",
      "Handwritten digits: 60,000 for training and 10,000 for testing, in two parts, train and test.",
      details: """
        Pictures are `[28, 28]` in float32, already scaled to [0, 1] (pixels divided by 255); \
        `raw=true` gives them as bytes from 0 to 255. Targets are the classes 0 to 9. \
        By Yann LeCun, Corinna Cortes and Christopher Burges.
        """,
      examples: ["len(mnist().test)": "10000"]
    ) { (context: Context, raw: Bool) in
      let call = raw ? "mnist(raw=true)" : "mnist()"
      let sets = BundledSets.shared(in: context)
      func part(_ part: BundledData.Part, _ title: String) throws -> Dataset {
        try sets.data.mnist(part)
          .dataset(name: "MNIST, \(title)", source: "\(call).\(part)", raw: raw)
      }
      return DatasetParts(
        [
          ("train", { try part(.train, "training") }), ("test", { try part(.test, "test") }),
        ], source: call)
    }
  }

  private static var digits: Builtin {
    Builtin(
      "digits(raw = false)", "1,797 handwritten digits of 8 × 8 pixels.",
      details: "Pixels are scaled to [0, 1]; `raw=true` gives them as bytes from 0 to 16.",
      examples: ["len(digits())": "1797"]
    ) { (context: Context, raw: Bool) in
      try BundledSets.shared(in: context).data.digits()
        .dataset(name: "digits", source: raw ? "digits(raw=true)" : "digits()", raw: raw)
    }
  }

  private static var iris: Builtin {
    measurements("iris", "150 irises of three species, with four lengths in centimetres.", "150") {
      try $0.iris()
    }
  }

  private static var wine: Builtin {
    measurements("wine", "178 wines of three cultivars, with 13 chemical measurements.", "178") {
      try $0.wine()
    }
  }

  private static var breastCancer: Builtin {
    measurements(
      "breast_cancer", "569 tumours, malignant or benign, with 30 measurements of their cells.",
      "569"
    ) { try $0.breastCancer() }
  }

  private static func measurements(
    _ name: String, _ summary: String, _ count: String,
    _ read: @escaping (BundledData) throws -> Examples
  ) -> Builtin {
    Builtin("\(name)()", summary, examples: ["len(\(name)())": count]) { (context: Context) in
      try read(BundledSets.shared(in: context).data)
        .dataset(name: name.replacing("_", with: " "), source: "\(name)()", raw: false)
    }
  }

  private static var airlinePassengers: Builtin {
    Builtin(
      "airline_passengers()",
      "International airline passengers of the 144 months from 1949 to 1960, in thousands.",
      details: "A record with `months` and `passengers`.",
      examples: ["len(airline_passengers().months)": "144"]
    ) { (context: Context) in
      let table = try BundledSets.shared(in: context).data.airlinePassengers()
      var record = Record()
      for (name, column) in zip(["months", "passengers"], table.columns) {
        record[name] =
          try column.values.doubles.map {
            .tensor(try Tensor($0, shape: [$0.count], type: .float32))
          } ?? column.values.texts.value
      }
      return record
    }
  }
}

/// The reader of bundled data sets, kept by the context so that each is read once.
private final class BundledSets {
  let data = BundledData()

  static func shared(in context: Context) -> BundledSets {
    let key = "data.bundled"
    if let known = context.attachments[key] as? BundledSets { return known }
    let made = BundledSets()
    context.attachments[key] = made
    return made
  }
}

extension Examples {
  /// The examples as a data set.
  fileprivate func dataset(name: String, source: String, raw: Bool) throws -> Dataset {
    try Dataset(
      name: name, source: source, inputs: raw ? inputs : scaledInputs(), targets: targets,
      classes: classes, features: features.isEmpty ? nil : features)
  }
}
