/// The sets that do not come along: the user loads them, or brings their files.
extension CatalogueEntry {
  /// They, in the order of the catalogue.
  public static let brought = [
    sentimentSentences, studentPerformance, smsSpam, tatoeba, maintenance, snipsIntents, heart,
    pneumonia,
  ]

  /// Sentences and whether they praise.
  public static let sentimentSentences = CatalogueEntry(
    name: "sentiment_sentences",
    task: "sentiment",
    word:
      "csv(\"data:sentiment_sentences/imdb.tsv\", separator=\"\\t\", header=[\"text\", \"praise\"], quotes=false)",
    size: "3 × 1,000 sentences",
    summary: "3,000 sentences from reviews at Amazon, IMDb and Yelp: 1 praises, 0 complains.",
    creators: "Dimitrios Kotzias and others (2015)",
    source: "GitHub nthuandrew/DM2023-Lab1-Master, UCI dataset 331",
    licence: "CC BY 4.0",
    files: [
      File(
        "amazon_cells.tsv", 58_226,
        "47003fc0a0d4840b00e96e715b6189bad09e7443a3da41c4cbe12ffc79f86ae3",
        form: "1,000 lines of 2 columns",
        address: gitHub(
          "nthuandrew/DM2023-Lab1-Master/f4e4fcd1004a3f388536741a3c5c6f8c6969711c/sentiment%20labelled%20sentences/amazon_cells_labelled.txt"
        )),
      File(
        "imdb.tsv", 85_285,
        "aef2e49e3da25714d61175e3a6e68eeef74a20a2f914318dc3be9947ea86512d",
        form: "1,000 lines of 2 columns",
        address: gitHub(
          "nthuandrew/DM2023-Lab1-Master/f4e4fcd1004a3f388536741a3c5c6f8c6969711c/sentiment%20labelled%20sentences/imdb_labelled.txt"
        )),
      File(
        "yelp.tsv", 61_319,
        "891088b9c7235e23fe2814285972f2df823fdc9ff37bf1e1904c7e8ae1001fbb",
        form: "1,000 lines of 2 columns",
        address: gitHub(
          "nthuandrew/DM2023-Lab1-Master/f4e4fcd1004a3f388536741a3c5c6f8c6969711c/sentiment%20labelled%20sentences/yelp_labelled.txt"
        )),
    ],
    scores: ["accuracy 83.5 % (TF-IDF and logistic regression, 5-fold)"],
    shape: [], classes: [], features: [])

  /// Grades of pupils.
  public static let studentPerformance = CatalogueEntry(
    name: "student_performance",
    task: "regression", word: "csv(\"data:student_performance/student-por.csv\")",
    size: "395 + 649 × 33",
    summary:
      "Pupils of two Portuguese schools, 30 facts about each, and their grades in mathematics or Portuguese.",
    creators: "Paulo Cortez, Alice Silva (2008)",
    source: "GitHub jontours/supervised-learning, UCI dataset 320",
    licence: "CC BY 4.0",
    files: [
      File(
        "student-mat.csv", 56_993,
        "e47f9ee225e1ee6e69b7564e6dac7123e80b8486677fe111f351964cef5dec80",
        form: "396 lines of 33 columns",
        address: gitHub(
          "jontours/supervised-learning/2d6bec260b467a8f2b8cb1aca11cec4e009453e9/student/student-mat.csv"
        )),
      File(
        "student-por.csv", 93_220,
        "a7594a11d7771c0efe1a740824e0e833da9c4cad07c39a9766a874575563fb3f",
        form: "650 lines of 33 columns",
        address: gitHub(
          "jontours/supervised-learning/2d6bec260b467a8f2b8cb1aca11cec4e009453e9/student/student-por.csv"
        )),
    ],
    scores: [
      "RMSE 1.61 in mathematics with the earlier grades (random forest)", "RMSE 3.88 without them",
    ],
    shape: [], classes: [], features: [])

  /// Short messages and whether they are spam.
  public static let smsSpam = CatalogueEntry(
    name: "sms_spam",
    task: "text classification",
    word: "csv(\"data:sms_spam/sms.tsv\", separator=\"\\t\", quotes=false)",
    size: "5,574 messages",
    summary: "5,574 short messages in English, each ham or spam.",
    creators: "Tiago A. Almeida, Jose Maria Gomez Hidalgo",
    source: "GitHub hamzaaacodes/sms-spam-collection, UCI dataset 228",
    licence: "CC BY 4.0",
    files: [
      File(
        "sms.tsv", 477_917,
        "fae7ea7d915ef73903e5c2f46ffa2f4a39909a574e20fda4f2b81f7cb1e15e1f",
        form: "5,575 lines of 2 columns",
        address: gitHub(
          "hamzaaacodes/sms-spam-collection/f3e73e1e74e6330b62d1ee1983bba2a063184c26/SMSSpamCollection"
        ))
    ],
    scores: ["accuracy 98.2 %, F1 93.0 % of spam (TF-IDF and logistic regression)"],
    shape: [], classes: [], features: [])

  /// Pairs of sentences.
  public static let tatoeba = CatalogueEntry(
    name: "tatoeba_en_zh",
    task: "translation",
    word:
      "csv(\"data:tatoeba_en_zh/cmn.txt\", separator=\"\\t\", header=[\"english\", \"chinese\", \"by\"], quotes=false)",
    size: "29,155 pairs",
    summary: "English sentences with their translation into Chinese, and who wrote them.",
    creators: "the contributors of Tatoeba.org",
    source: "GitHub 13luoyu/Transformer-machine-translation, an export of manythings.org",
    licence: "CC BY 2.0 FR",
    files: [
      File(
        "cmn.txt", 4_151_383,
        "aa264a2447b26ab7c9d413f8321f9e2a779fd134b5118306b6e26a3499b3926e",
        form: "29,155 lines of 3 columns",
        address: gitHub(
          "13luoyu/Transformer-machine-translation/aa43963320ccfacebd1d3542deae559bbca58d03/cmn.txt"
        ))
    ],
    scores: ["BLEU 27.4 by characters (the nearest known sentence)"],
    shape: [], classes: [], features: [])

  /// Failures of a machine, made up.
  public static let maintenance = CatalogueEntry(
    name: "ai4i_2020",
    task: "fault detection", word: "csv(\"data:ai4i_2020/ai4i2020.csv\")", size: "10,000 × 14",
    summary: "Made-up measurements of a milling machine, and whether it failed.",
    creators: "Stephan Matzka",
    source: "GitHub gabigol91/dataset, UCI dataset 601",
    licence: "CC BY 4.0",
    files: [
      File(
        "ai4i2020.csv", 522_048,
        "7d0663a632a1a045144d504b34ab64e52efa3d55ad99d8d7c3a61b751e20c8fb",
        form: "10,001 lines of 14 columns",
        address: gitHub("gabigol91/dataset/38d4df9ce8b35399c3e968a7fbd694b85626d502/ai4i2020.csv"))
    ],
    scores: ["F1 72.8 % (random forest)"],
    shape: [], classes: [], features: [])

  /// What somebody wants of an assistant.
  public static let snipsIntents = CatalogueEntry(
    name: "snips_intents",
    task: "intents and slots",
    word: "jsonl(\"data:snips_intents/train.jsonl.gz\", columns=[\"intent\", \"text\"])",
    size: "13,784 + 700 sentences",
    summary:
      "Sentences said to an assistant, which of seven things each wants, and the words that say what of.",
    creators: "Snips (Coucke and others 2018)",
    source: "GitHub sonos/nlu-benchmark, one JSON line for each sentence",
    licence: "CC0 1.0",
    files: [
      File(
        "train.jsonl.gz", 345_212,
        "d5a0984c25e4aa3ec30361920a8b25a4d3e5ee7e9e852b45eb27163f25d99047",
        form: "13,784 lines"),
      File(
        "valid.jsonl.gz", 21_173,
        "6a896c064f96d5efa2abf73f5c4476958547d3b8dfc5ae39d21dfc8e1f0278c7",
        form: "700 lines"),
    ],
    scores: ["accuracy 98.0 % (TF-IDF and logistic regression)"],
    shape: [], classes: [], features: [])

  /// Patients and whether their heart is ill.
  public static let heart = CatalogueEntry(
    name: "heart_cleveland",
    task: "diagnosis", word: "csv(\"data:heart_cleveland/cleveland.csv\", missing=[\"?\"])",
    size: "303 × 14",
    summary:
      "303 patients of a clinic in Cleveland, 13 findings of each, and whether the heart is ill.",
    creators: "Robert Detrano, Andras Janosi, William Steinbrunn, Matthias Pfisterer",
    source: "GitHub packetrat/heart-attack-data, UCI dataset 45",
    licence: "CC BY 4.0",
    files: [
      File(
        "cleveland.csv", 11_317,
        "1f76bab8847a7813c428115c86eb2e1bf7d534072a37911230dbf8d1bba23632",
        form: "304 lines of 14 columns",
        address: gitHub(
          "packetrat/heart-attack-data/428a84fb2eaa828fd41e98ea90cad1404fafaa8f/processed.cleveland.csv"
        ))
    ],
    scores: ["accuracy 82.2 % (logistic regression, 5-fold)"],
    shape: [], classes: [], features: [])

  /// X-rays of chests.
  public static let pneumonia = CatalogueEntry(
    name: "pneumonia_mnist",
    task: "diagnosis by picture", word: "idx(\"data:pneumonia_mnist/train-images-idx3-ubyte.gz\")",
    size: "2,428 + 270 + 468 × 28 × 28",
    summary: "X-rays of the chests of children, healthy or with pneumonia, 28 × 28 grey pixels.",
    creators: "MedMNIST (Yang and others), after Kermany and others 2018",
    source: "GitHub aksufatih/snn-medmnist, a balanced part in IDX files",
    licence: "CC BY 4.0",
    files: [
      File(
        "train-images-idx3-ubyte.gz", 1_744_821,
        "645c3cd81a55ee98a387640d76179d03ad483076d8a345201767d7a8a9195c8c",
        form: "[2428, 28, 28]"),
      File(
        "train-labels-idx1-ubyte.gz", 45,
        "503aa69a5523ec8a917d2de7743391d7be3d2906f047b928d72bf968147d3551",
        form: "[2428]"),
      File(
        "test-images-idx3-ubyte.gz", 336_262,
        "e58b23c004c389ffd4c25a2bf2e1fc54c8438bc468948ec03dddf9e2c7d56f24",
        form: "[468, 28, 28]"),
      File(
        "test-labels-idx1-ubyte.gz", 34,
        "c0ac80b4cad3e3a1034b5eaf743100b02c77593f6f160856de1f568688dbd0a0",
        form: "[468]"),
    ],
    scores: ["accuracy 86.8 % (support vectors)", "accuracy 82.9 % (logistic regression)"],
    shape: [], classes: [], features: [])

  /// Where a file of a repository stands as it was in a commit: `OWNER/NAME/COMMIT/PATH`.
  private static func gitHub(_ place: String) -> String {
    "https://raw.githubusercontent.com/" + place
  }
}
