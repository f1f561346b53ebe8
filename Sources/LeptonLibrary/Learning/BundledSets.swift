import LeptonCatalogue
import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// The data sets that come with Lepton.
  static var bundledSets: Family {
    Family(
      "Data sets that come with Lepton",
      standingIn([
        mnist, fashionMNIST, digits, iris, wine, breastCancer, steelPlates, airlinePassengers,
      ]) + [datasets, requireData])
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
      let data = BundledSets.shared(in: context).data
      return parts("MNIST", "mnist", raw: raw) { try data.mnist($0) }
    }
  }

  private static var fashionMNIST: Builtin {
    Builtin(
      "fashion_mnist(raw = false)",
      "Pictures of clothes in ten classes: 10,000 for training and 2,000 for testing, in two parts, train and test.",
      details: """
        Pictures are `[28, 28]` in float32, scaled to [0, 1]; `raw=true` gives them as bytes from 0 to 255. They are the first \
        of each part of Fashion-MNIST, by Han Xiao, Kashif Rasul and Roland Vollgraf.
        """,
      examples: ["len(fashion_mnist().test)": "2000"]
    ) { (context: Context, raw: Bool) in
      let data = BundledSets.shared(in: context).data
      return parts("Fashion-MNIST", "fashion_mnist", raw: raw) { try data.fashionMNIST($0) }
    }
  }

  /// Pictures in two parts, each read when it is asked for.
  private static func parts(
    _ title: String, _ word: String, raw: Bool,
    _ read: @escaping (BundledData.Part) throws -> Examples
  ) -> DatasetParts {
    let call = raw ? "\(word)(raw=true)" : "\(word)()"
    func part(_ part: BundledData.Part, _ name: String) throws -> Dataset {
      try read(part).dataset(name: "\(title), \(name)", source: "\(call).\(part)", raw: raw)
    }
    return DatasetParts(
      [("train", { try part(.train, "training") }), ("test", { try part(.test, "test") })],
      source: call)
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

  private static var steelPlates: Builtin {
    measurements(
      "steel_plates", "1,941 faulty steel plates, with 27 measurements and one of seven faults.",
      "1941"
    ) { try $0.steelPlates() }
  }

  private static var datasets: Builtin {
    Builtin(
      "datasets(task = nothing)",
      "The data sets that Lepton knows, as a table: task, size, licence, source, scores to beat, and how each is had.",
      details: """
        Those that come along are words. The others are loaded by `lepton-run data get NAME`, or brought by \
        `lepton-run data add NAME FILE`; a notebook itself never reaches the network. `task` is a part of the task's name. Files \
        of all of them are read by paths like `"data:iris/iris.csv"`.
        """,
      examples: [
        "datasets(\"forecasting\").name": "column([\"airline_passengers\", \"bike_sharing\"])"
      ]
    ) { (task: String?) in
      let entries = CatalogueEntry.all.filter { task.map($0.task.contains) ?? true }
      let collection = Collection()
      func column(_ name: String, _ text: (CatalogueEntry) -> String) -> DataTable.Column {
        .init(name, .texts(Cells(entries.map(text))))
      }
      return TableObject(
        try DataTable([
          column("name", \.name), column("task", \.task), column("size", \.size),
          .init("bytes", .integers(Cells(entries.map(\.byteCount)))),
          column("here") { collection.state(of: $0).isHere ? "yes" : "no" },
          column("word", \.word), column("way", \.way), column("licence", \.licence),
          column("best") { $0.scores.first ?? "" }, column("source", \.source),
        ]))
    }
  }

  private static var requireData: Builtin {
    Builtin(
      "require_data(name)",
      "Ends a cell where a data set is not on this machine, and says how it is had.",
      details: """
        A notebook then passes over the cell and over those that need what it defines, and nothing counts as failed. Elsewhere it is an \
        error with the code `data/absent`. `datasets()` lists what there is.
        """,
      examples: ["require_data(\"iris\") == nothing": "true"]
    ) { (name: String) -> Value in
      let collection = Collection()
      guard let entry = CatalogueEntry.named(name) else {
        guard collection.ownNames.contains(name) else {
          throw LanguageError(
            "data/absent", "the data set \(name.quoted) is not here",
            help: ["bring its files: lepton-run data add \(name) FILE"])
        }
        return .nothing
      }
      guard collection.state(of: entry).isHere else {
        throw LanguageError(
          "data/absent", "the data set \(entry.name.quoted) is not here; to have it: \(entry.way)",
          help: ["the report of a notebook then says so, and its other cells run"])
      }
      return .nothing
    }
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
