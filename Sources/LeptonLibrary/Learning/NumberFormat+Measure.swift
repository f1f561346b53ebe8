import LeptonSession

extension NumberFormat {
  /// How what a model is measured by is written, wherever it is shown: the share of right answers in
  /// percent, any other number as it is.
  static func ofMeasure(_ name: String) -> NumberFormat {
    name.hasSuffix("accuracy") ? .percent(digits: 2) : .general
  }
}
