// swift-tools-version: 6.2
import PackageDescription

// The package is the architecture: every arrow of Sources/README.md stands here once, and a build
// with `--explicit-target-dependency-import-check error` (the Makefile's) refuses any other.

/// What every Swift target is built with.
let house: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Whether to build for any processor; set LEPTON_PORTABLE=1 for that.
let isPortable = Context.environment["LEPTON_PORTABLE"] != nil
/// Vectors of eight floats cross no boundary to code built otherwise, so it does not matter how a
/// processor without them passes them.
let anyProcessor = ["-Xcc", "-Wno-psabi"]
#if arch(x86_64)
  /// AVX2 and fused multiply-add, which the worker checks when it starts.
  let processor = isPortable ? anyProcessor : ["-Xcc", "-march=x86-64-v3"]
#else
  let processor = anyProcessor
#endif
/// What the engine's targets are built with.
///
/// Without `errno` in mathematics `sqrt` is an instruction and not a call, and loops around it
/// vectorise.
let engine = house + [.unsafeFlags(processor + ["-Xcc", "-fno-math-errno"])]

/// What the machine's target is built with.
///
/// One thread runs the machine, and no field of it is changed while it is being changed: what checks
/// that at run time would take an eighth of its time. A register is written as two words; read as one
/// vector it would wait for both of them to reach the cache. Functions begin where lines of the cache
/// do: the same loop, moved by 32 bytes because a file elsewhere had changed, took a quarter longer.
let runtime =
  house + [
    .unsafeFlags(["-enforce-exclusivity=unchecked"]),
    .unsafeFlags(["-Xllvm", "-vectorize-slp=false", "-Xllvm", "-align-all-functions=6"]),
  ]

/// Programs bring Swift's library along, so that they run where there is no Swift.
///
/// Their strings and reference counts are then called directly, which spares a tenth of the time of text,
/// and a half of the time to start. Tests need it shared, so those that run programs name none of
/// them: what builds the tests builds the programs too.
let selfContained: [LinkerSetting] = [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))]
/// The same for programs that read YAML: Yams needs Foundation, whose parts must be named where they
/// are not shared, and in which one linker finds a warning to give.
let selfContainedFrontEnd: [LinkerSetting] =
  selfContained + [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))]
  + ["CoreFoundation", "_FoundationCShims", "_FoundationCollections", "_FoundationICU"].map {
    .linkedLibrary($0, .when(platforms: [.linux]))
  }

let package = Package(
  name: "lepton",
  products: [
    .executable(name: "lepton-run", targets: ["lepton-run"]),
    .executable(name: "lepton-repl", targets: ["lepton-repl"]),
    .executable(name: "lepton-worker", targets: ["lepton-worker"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The ground: vector built-ins, and the libraries of the system.
    .target(name: "CKernels", cSettings: isPortable ? [.define("LEPTON_PORTABLE")] : []),
    .target(name: "CPlatform"),
    .target(name: "CCurl"),
    .systemLibrary(name: "CBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CTurboJPEG", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CSoundFile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
      name: "CMarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),

    // Leaves: each can be read alone.
    .target(name: "LeptonSyntax", swiftSettings: house),
    .target(name: "LeptonJSON", swiftSettings: house),
    .target(
      name: "LeptonFiles", dependencies: ["CPlatform", "CZlib", "CSodium"], swiftSettings: house),
    .target(name: "LeptonSession", dependencies: ["LeptonSyntax"], swiftSettings: house),

    // Data sets: what there is, and how it comes to a machine.
    .target(name: "LeptonCatalogue", dependencies: ["LeptonFiles"], swiftSettings: house),
    .target(name: "LeptonDownload", dependencies: ["LeptonFiles", "CCurl"], swiftSettings: house),

    // The engine. It never knows that it is scripted.
    .target(name: "LeptonTensor", dependencies: ["CKernels", "CBLAS"], swiftSettings: engine),
    .target(
      name: "LeptonLearning", dependencies: ["LeptonTensor", "CKernels"], swiftSettings: engine),
    .target(
      name: "LeptonData",
      dependencies: [
        "LeptonTensor", "LeptonFiles", "LeptonCatalogue", "LeptonJSON", "CPNG", "CTurboJPEG",
        "CSoundFile",
      ],
      resources: [.embedInCode("Preparation/Text/compatibility.txt")],
      swiftSettings: engine),

    // The language, and the words in which it meets the engine.
    .target(
      name: "LeptonRuntime",
      dependencies: ["LeptonSyntax", "LeptonTensor", "LeptonSession", "LeptonFiles", "CPlatform"],
      swiftSettings: runtime),
    .target(
      name: "LeptonLibrary",
      dependencies: [
        "LeptonRuntime", "LeptonLearning", "LeptonData", "LeptonTensor", "LeptonSyntax",
        "LeptonSession", "LeptonFiles", "LeptonCatalogue",
      ],
      resources: [.embedInCode("stdlib")],
      swiftSettings: house),

    // The process boundary: what crosses it, and the worker on its far side.
    .target(
      name: "LeptonLink",
      dependencies: ["LeptonSession", "LeptonJSON", "CPlatform"],
      swiftSettings: house),
    .executableTarget(
      name: "lepton-worker",
      dependencies: [
        "LeptonLink", "LeptonLibrary", "LeptonRuntime", "LeptonTensor", "LeptonFiles",
      ],
      swiftSettings: house, linkerSettings: selfContained),

    // Front ends: they link no engine.
    .target(
      name: "LeptonDisplay", dependencies: ["LeptonSession", "LeptonSyntax", "CPNG"],
      swiftSettings: house),
    .target(
      name: "LeptonNotebook",
      dependencies: [
        "LeptonSession", "LeptonDisplay", "LeptonSyntax", "LeptonFiles", "LeptonJSON",
        "CMarkGFM", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "lepton-run",
      dependencies: [
        "LeptonNotebook", "LeptonLink", "LeptonSession", "LeptonDisplay", "LeptonFiles",
        "LeptonCatalogue", "LeptonDownload",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house, linkerSettings: selfContainedFrontEnd),
    .executableTarget(
      name: "lepton-repl",
      dependencies: [
        "LeptonNotebook", "LeptonLink", "LeptonSession", "LeptonDisplay", "LeptonSyntax",
        "LeptonFiles", "LeptonJSON", "CReadline", "CPlatform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house, linkerSettings: selfContainedFrontEnd),

    // Tests: Tests/README.md tells the kinds apart.
    .testTarget(
      name: "LeptonSyntaxTests", dependencies: ["LeptonSyntax"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonJSONTests", dependencies: ["LeptonJSON"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonFilesTests", dependencies: ["LeptonFiles"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonTensorTests", dependencies: ["LeptonTensor"],
      swiftSettings: engine),
    .testTarget(
      name: "LeptonLearningTests",
      dependencies: ["LeptonLearning", "LeptonTensor", "CAllocations"],
      swiftSettings: engine),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    .testTarget(
      name: "LeptonDataTests",
      dependencies: [
        "LeptonData", "LeptonTensor", "LeptonFiles", "LeptonCatalogue", "LeptonJSON", "CZlib",
      ],
      exclude: ["Files"],
      swiftSettings: engine),
    .testTarget(
      name: "LeptonCatalogueTests",
      dependencies: ["LeptonCatalogue", "LeptonDownload", "LeptonFiles"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonRuntimeTests",
      dependencies: [
        "LeptonRuntime", "LeptonSyntax", "LeptonTensor", "LeptonSession", "LeptonFiles",
      ],
      swiftSettings: house),
    .testTarget(
      name: "LeptonLibraryTests",
      dependencies: [
        "LeptonLibrary", "LeptonRuntime", "LeptonSession", "LeptonFiles", "LeptonSyntax",
        "LeptonTensor",
      ],
      swiftSettings: house),
    .testTarget(
      name: "LanguageTests",
      dependencies: [
        "LeptonLibrary", "LeptonRuntime", "LeptonSession", "LeptonSyntax", "LeptonFiles",
        "LeptonDisplay", "LeptonNotebook",
      ], exclude: ["Cases", "Gallery"],
      swiftSettings: house),
    .testTarget(
      name: "OracleTests",
      dependencies: [
        "LeptonLibrary", "LeptonRuntime", "LeptonTensor", "LeptonSession", "LeptonFiles",
      ], exclude: ["README.md", "generate", "golden", "learning"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonLinkTests", dependencies: ["LeptonLink", "LeptonSession", "LeptonJSON"],
      swiftSettings: house),
    .executableTarget(name: "confined", dependencies: ["CPlatform"], path: "Tests/Confined"),
    .testTarget(
      name: "LeptonDisplayTests", dependencies: ["LeptonDisplay", "LeptonSession"],
      swiftSettings: house),
    .testTarget(
      name: "LeptonNotebookTests",
      dependencies: [
        "LeptonNotebook", "LeptonLink", "LeptonSession", "LeptonFiles", "LeptonJSON",
        "LeptonLibrary",
        "LeptonRuntime",
      ],
      exclude: ["Files"],
      swiftSettings: house),
    .testTarget(
      name: "CommandTests",
      dependencies: ["LeptonNotebook", "LeptonJSON"],
      swiftSettings: house),
    .testTarget(
      name: "HouseTests", dependencies: [],
      swiftSettings: house),

    // What must hold whatever the input, and inputs: Tests/Fuzz/README.md.
    .target(
      name: "LeptonFuzz",
      dependencies: [
        "LeptonSyntax", "LeptonSession", "LeptonRuntime", "LeptonLibrary", "LeptonDisplay",
        "LeptonNotebook", "LeptonJSON", "LeptonLink", "LeptonData", "LeptonFiles", "LeptonTensor",
      ], path: "Tests/Fuzz/LeptonFuzz", swiftSettings: house),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["LeptonFuzz", "LeptonLibrary", "LeptonRuntime", "LeptonSyntax"],
      path: "Tests/Fuzz/FuzzTests", swiftSettings: house),
  ]
)

// The programs that try inputs on and on are only there for who asks for them: LEPTON_FUZZ=written,
// or LEPTON_FUZZ=guided with a compiler that is told `-sanitize=fuzzer`.
if let kind = Context.environment["LEPTON_FUZZ"] {
  package.targets.append(
    .executableTarget(
      name: "lepton-fuzz",
      dependencies: ["LeptonFuzz", "LeptonLibrary", "LeptonLink", "LeptonRuntime"],
      path: "Tests/Fuzz/Campaign", swiftSettings: house))
  if kind == "guided" {
    package.targets.append(
      .executableTarget(
        name: "lepton-fuzz-guided", dependencies: ["LeptonFuzz", "LeptonLibrary", "LeptonLink"],
        path: "Tests/Fuzz/Guided", swiftSettings: house,
        linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
  }
}

// Every folder opens with half a page about itself, which is no source.
for target in package.targets
where target.path == nil && (target.type == .regular || target.type == .executable) {
  target.exclude.append("README.md")
  if target.name == "LeptonLibrary" { target.exclude.append("stdlib/README.md") }
  if target.name == "LeptonRuntime" { target.exclude.append("Checking/README.md") }
}
