import LeptonData
import LeptonRuntime

extension Library {
  static let encoderDetails = """
    A step takes the named columns, without names all columns of texts and truths, and learns from the rows a model is trained on; \
    `fitted(step, data)` lets it learn by itself. Given a table in the place of names it prepares that at once.
    """

  static var impute: Builtin {
    Builtin(
      "impute(columns..., by = \"median\", value = nothing, neighbours = 5, rounds = 10, indicator = false)",
      "Fills gaps: `nothing` and `nan`.",
      details: """
        `by` is `"mean"`, `"median"` or `"most_frequent"` of the column; `"nearest"`, the mean of the nearest rows by their other \
        numbers; or `"iterative"`, predicted from the other columns in turn. A `value` fills all gaps alike. With `indicator` a further \
        column says where something was missing. 
        """ + encoderDetails.replacing("all columns of texts and truths", with: "all that suit"),
      examples: [
        "impute(table({x: [1, nothing, 5, 9]})).x": "float64([1.0, 5.0, 5.0, 9.0])",
        "impute(table({x: [\"a\", nothing]}), value=\"none\").x": "column([\"a\", \"none\"])",
        "columns(impute(table({x: [1, nothing]}), indicator=true))": "[\"x\", \"x is missing\"]",
      ]
    ) {
      (
        columns: StepColumns, by: String, value: Value, neighbours: Int, rounds: Int,
        indicator: Bool
      ) in
      try requireOne(
        by, of: ["mean", "median", "most_frequent", "nearest", "iterative"], "by")
      try Settings.require(
        (1...1000).contains(neighbours) && (1...1000).contains(rounds),
        "`neighbours` and `rounds` are from 1 to 1000")
      return try columns.step(
        "impute",
        [
          ("by", .string(by), .string("median")), ("value", value, .nothing),
          ("neighbours", .int(neighbours), .int(5)), ("rounds", .int(rounds), .int(10)),
          ("indicator", .bool(indicator), .bool(false)),
        ],
        way: imputing(by, value, neighbours: neighbours, rounds: rounds, indicator))
    }
  }

  private static func imputing(
    _ by: String, _ value: Value, neighbours: Int, rounds: Int, _ indicator: Bool
  ) throws -> any Preparing {
    switch value {
    case .nothing: break
    case .string(let text): return Imputing(.text(text), hasIndicator: indicator)
    default: return Imputing(.number(try Double.bridging(value)), hasIndicator: indicator)
    }
    return switch by {
    case "nearest": NearestImputing(neighbours: neighbours, hasIndicator: indicator)
    case "iterative": IterativeImputing(rounds: rounds, hasIndicator: indicator)
    case "mean": Imputing(.mean, hasIndicator: indicator)
    case "most_frequent": Imputing(.mostFrequent, hasIndicator: indicator)
    default: Imputing(.median, hasIndicator: indicator)
    }
  }

  static var oneHotEncode: Builtin {
    Builtin(
      "one_hot_encode(columns..., drop_first = false, limit = nothing)",
      "Makes a column of each category, with 1 where it stands.",
      details: """
        A category that was not there in training gives zeros; a missing one has a column where some were missing. With `limit` \
        only so many categories, the most frequent ones, have columns of their own. \
        Whole numbers are categories too, if they are named. 
        """ + encoderDetails,
      examples: [
        "columns(one_hot_encode(table({c: [\"red\", \"blue\", \"red\"]})))":
          "[\"c=blue\", \"c=red\"]",
        "one_hot_encode(table({c: [\"red\", \"blue\"]}))[\"c=red\"]": "tensor([1, 0])",
      ]
    ) { (columns: StepColumns, dropFirst: Bool, limit: Int?) in
      try Settings.require(limit.map { $0 > 0 } ?? true, "`limit` is above 0")
      return try columns.step(
        "one_hot_encode",
        [("drop_first", .bool(dropFirst), .bool(false)), ("limit", limit.value, .nothing)],
        way: OneHotEncoding(dropsFirst: dropFirst, limit: limit))
    }
  }

  static var ordinalEncode: Builtin {
    Builtin(
      "ordinal_encode(columns..., order = nothing)",
      "Numbers categories by their order.",
      details: """
        `order` lists them; by default texts are ordered by themselves. One that was not there in training is -1, \
        a missing one stays missing. 
        """ + encoderDetails,
      examples: [
        "fitted(ordinal_encode(\"size\", order=[\"S\", \"M\", \"L\"]), table({size: [\"S\"]}))(table({size: [\"L\", \"S\"]})).size":
          "tensor([2, 0])"
      ]
    ) { (columns: StepColumns, order: [String]?) in
      try columns.step(
        "ordinal_encode", [("order", order.value, .nothing)], way: OrdinalEncoding(order: order))
    }
  }

  static var targetEncode: Builtin {
    Builtin(
      "target_encode(columns..., smoothing = nothing)",
      "Turns each category into the mean of its targets, drawn towards the mean of all where it is rare.",
      details: """
        Of more than two classes it makes a column for each. Rows that are trained on get the means of the other rows, in five parts, so that none is \
        told its own target. With `smoothing` the mean of all counts as so many rows; without, the variances decide. 
        """ + encoderDetails,
      examples: [
        """
        data = dataset(table({city: ["a", "a", "b", "b"]}), [1.0, 3.0, 5.0, 7.0])
        fitted(target_encode(smoothing=0), data)(table({city: ["b", "a", "x"]})).city
        """: "float64([6.0, 2.0, 4.0])"
      ]
    ) { (columns: StepColumns, smoothing: Double?) in
      try Settings.require(
        smoothing.map { $0 >= 0 && $0.isFinite } ?? true, "`smoothing` is from 0 on")
      return try columns.step(
        "target_encode", [("smoothing", smoothing.value, .nothing)],
        way: TargetEncoding(smoothing: smoothing))
    }
  }

  static var hashEncode: Builtin {
    Builtin(
      "hash_encode(columns..., size = 16)",
      "Makes a fixed number of columns of any categories, at which their hashes point.",
      details: "For more categories than can be counted; two may share a column. " + encoderDetails,
      examples: ["len(columns(hash_encode(table({c: [\"red\", \"blue\"]}), size=4)))": "4"]
    ) { (columns: StepColumns, size: Int) in
      try Settings.require((1...65536).contains(size), "`size` is from 1 to 65536")
      return try columns.step(
        "hash_encode", [("size", .int(size), .int(16))], way: HashEncoding(width: size))
    }
  }

  static var discretize: Builtin {
    Builtin(
      "discretize(columns..., bins = 5, by = \"quantile\", encode = \"one_hot\")",
      "Puts numbers into bins.",
      details: """
        By `"quantile"` as many numbers fall into each, by `"width"` all are as wide, by `"kmeans"` they are clusters around their means. `encode` is `"one_hot"`, a column for each bin, or \
        `"ordinal"`, its number. 
        """ + encoderDetails.replacing("columns of texts and truths", with: "columns of numbers"),
      examples: [
        "discretize(table({x: [1, 2, 3, 4]}), bins=2, encode=\"ordinal\").x":
          "tensor([0, 0, 1, 1])",
        "discretize(table({x: [1, 2, 3, 90]}), bins=2, by=\"kmeans\", encode=\"ordinal\").x":
          "tensor([0, 0, 0, 1])",
      ]
    ) { (columns: StepColumns, bins: Int, by: String, encode: String) in
      try requireOne(by, of: Binning.Way.allCases.map(\.rawValue), "by")
      try requireOne(encode, of: ["one_hot", "ordinal"], "encode")
      try Settings.require((2...10_000).contains(bins), "`bins` is from 2 to 10000")
      return try columns.step(
        "discretize",
        [
          ("bins", .int(bins), .int(5)), ("by", .string(by), .string("quantile")),
          ("encode", .string(encode), .string("one_hot")),
        ],
        way: Binning(
          count: bins, way: Binning.Way(rawValue: by) ?? .quantile, isOneHot: encode == "one_hot"))
    }
  }

  static var dateParts: Builtin {
    Builtin(
      "date_parts(columns..., parts = [\"year\", \"month\", \"day\", \"hour\", \"weekday\"], format = nothing)",
      "Makes columns of the parts of dates.",
      details: """
        Parts are also `"minute"`, `"second"` and `"day_of_year"`; Monday is weekday 0. Dates are texts, read as \
        `parse_dates` reads them, or seconds since 1970. 
        """
          + encoderDetails.replacing(
            "all columns of texts and truths", with: "all columns of dates"),
      examples: [
        "date_parts(table({day: [\"2024-02-29\"]}), parts=[\"month\", \"weekday\"])":
          "day month | day weekday\n2 | 3"
      ]
    ) { (columns: StepColumns, parts: [String], format: String?) in
      let known = DateParting.Part.allCases.map(\.rawValue)
      for part in parts { try requireOne(part, of: known, "parts") }
      let standard = ["year", "month", "day", "hour", "weekday"]
      return try columns.step(
        "date_parts",
        [("parts", parts.value, standard.value), ("format", format.value, .nothing)],
        way: DateParting(parts.compactMap(DateParting.Part.init(rawValue:)), format: format))
    }
  }

  static var tfIdf: Builtin {
    counting(
      "tf_idf",
      "Makes a column of each word of texts: how often it comes up, the more the rarer it is.",
      isWeighted: true,
      example: ("round(tf_idf(table({t: [\"a b\", \"a\"]}))[\"t=b\"], 3)", "float64([0.815, 0.0])"))
  }

  static var countWords: Builtin {
    counting(
      "count_words", "Makes a column of each word of texts: how often it comes up.",
      isWeighted: false,
      example: ("columns(count_words(table({t: [\"an ant\", \"Ant\"]})))", "[\"t=an\", \"t=ant\"]"))
  }

  private static func counting(
    _ word: String, _ summary: String, isWeighted: Bool, example: (String, String)
  ) -> Builtin {
    Builtin(
      "\(word)(columns..., limit = nothing, least = 1, ngrams = 1, by = \"words\", form = nothing)",
      summary,
      details: """
        Words are runs of letters and digits in small letters, Chinese characters and kana one by one. `limit` keeps so many, the most frequent ones, \
        `least` those that stand in so many texts. `ngrams=2` counts pairs of neighbours too; by `"characters"` those are counted. \
        `form="NFKC"` writes characters in one way first, as `normal_form` does. 
        """ + encoderDetails.replacing("texts and truths", with: "texts"),
      examples: [example.0: example.1]
    ) { (columns: StepColumns, limit: Int?, least: Int, ngrams: Int, by: String, form: String?) in
      try requireOne(by, of: ["words", "characters"], "by")
      try Settings.require((1...10).contains(ngrams), "`ngrams` is from 1 to 10")
      try Settings.require(
        least > 0 && limit.map { $0 > 0 } ?? true, "`limit` and `least` are above 0")
      return try columns.step(
        word,
        [
          ("limit", limit.value, .nothing), ("least", .int(least), .int(1)),
          ("ngrams", .int(ngrams), .int(1)), ("by", .string(by), .string("words")),
          ("form", form.value, .nothing),
        ],
        way: TextCounting(
          pieces: TextPieces(
            isByCharacter: by == "characters", lengths: 1...ngrams, form: try form.map(named)),
          limit: limit, least: least, isWeighted: isWeighted))
    }
  }
}
