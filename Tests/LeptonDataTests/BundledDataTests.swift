import Glibc
import LeptonCatalogue
import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct BundledDataTests {
  let data = BundledData()

  @Test("MNIST is found, checked and read")
  func mnist() throws {
    let train = try data.mnist(.train)
    #expect(train.inputs.shape.sizes == [60_000, 28, 28])
    #expect(train.inputs.elementType == .uint8)
    #expect(train.targets.shape.sizes == [60_000])
    let labels = try train.targets.elements(as: Int.self)
    #expect(labels.prefix(10) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    let test = try data.mnist(.test)
    #expect(test.inputs.shape.sizes == [10_000, 28, 28])
    // The sums of all pixels, which NumPy gives for the canonical files.
    #expect(try sum(train.inputs) == 1_567_298_545)
    #expect(try sum(test.inputs) == 264_923_200)
  }

  @Test("The clothes are found, checked and read")
  func fashion() throws {
    let train = try data.fashionMNIST(.train)
    #expect(train.inputs.shape.sizes == [10_000, 28, 28])
    #expect(try counts(train) == [942, 1027, 1016, 1019, 974, 989, 1021, 1022, 990, 1000])
    #expect(
      try counts(data.fashionMNIST(.test)) == [200, 203, 214, 190, 219, 195, 197, 200, 194, 188])
  }

  @Test("Scaled pixels are the division by 255 in 32 bits")
  func scaling() throws {
    let test = try data.mnist(.test)
    let pixels = try test.inputs.elements(as: UInt8.self)
    let scaled = try test.scaledInputs().elements(as: Float.self)
    #expect(scaled.count == pixels.count)
    #expect(zip(pixels, scaled).allSatisfy { Float($0) / 255 == $1 })
  }

  @Test("The digits are 8 × 8 pixels from 0 to 16")
  func digits() throws {
    let digits = try data.digits()
    #expect(digits.inputs.shape.sizes == [1797, 8, 8])
    let pixels = try digits.inputs.elements(as: UInt8.self)
    #expect(pixels.prefix(8) == [0, 0, 5, 13, 9, 1, 0, 0])
    #expect(pixels.max() == 16)
    #expect(try digits.scaledInputs().elements(as: Float.self).max() == 1)
    #expect(try counts(digits) == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test("The tables have the shapes and classes that the catalogue says")
  func tables() throws {
    let iris = try data.iris()
    #expect(try counts(iris) == [50, 50, 50])
    #expect(try iris.inputs.elements(as: Float.self).prefix(4) == [5.1, 3.5, 1.4, 0.2])
    #expect(try counts(data.wine()) == [59, 71, 48])
    #expect(try counts(data.breastCancer()) == [212, 357])
    for (set, examples) in try [
      ("iris", iris), ("wine", data.wine()), ("breast_cancer", data.breastCancer()),
      ("steel_plates", data.steelPlates()),
    ] {
      let entry = CatalogueEntry.bundled.first { $0.name == set }
      #expect(examples.inputs.shape.sizes == entry?.shape)
      #expect(examples.features.count == entry?.shape.last)
    }
    #expect(try counts(data.steelPlates()) == [158, 190, 391, 72, 55, 402, 673])
    #expect(try data.steelPlates().inputs.elements(as: Float.self).prefix(3) == [42, 50, 270_900])
    let passengers = try data.airlinePassengers()
    #expect(passengers.names == ["month", "passengers"])
    #expect(try passengers.column("passengers").values.doubles?.last == 432)
    #expect(passengers.rowCount == 144)
  }

  @Test("Every file of the catalogue is there with its digest, its source and nothing beside it")
  func catalogue() throws {
    let folders = DataFolders.ofThisProcess()
    for set in CatalogueEntry.bundled {
      let folder = try #require(folders.folder(holding: "\(set.name)/SOURCE.txt"))
      let broker = folders.broker(for: folder)
      let source = try broker.readText("\(set.name)/SOURCE.txt")
      for file in set.files {
        #expect(SHA256.hex(try broker.read("\(set.name)/\(file.name)")) == file.digest)
        #expect(source.contains(file.digest))
        #expect(source.contains(file.name))
        #expect(
          folders.sums(beside: set.name, in: folder)["\(set.name)/\(file.name)"] == file.digest)
        #expect(try broker.read("\(set.name)/\(file.name)").count == file.byteCount)
      }
      #expect(try broker.readText("README.md").contains("| `\(set.name)` |"))
    }
  }

  @Test("A set that is not there is told with the folders that were searched")
  func missing() {
    let data = BundledData(DataFolders(["/nowhere/a", "/nowhere/b"]))
    let error = #expect(throws: FileError.self) { try data.iris() }
    #expect(error?.code == "data/missing")
    #expect(error?.message.contains("`iris/iris.csv` in `/nowhere/a`, `/nowhere/b`") == true)
    #expect(error?.help.contains { $0.contains("LEPTON_DATA") } == true)
  }

  @Test("A damaged file is told with its path and both digests")
  func damage() throws {
    let folder = "/tmp/lepton-data-\(UInt64.random(in: 0 ... .max))"
    let broker = FileBroker(folder: folder, writable: ["."])
    defer { ["/iris/iris.csv", "/iris", ""].forEach { remove(folder + $0) } }
    try broker.write(Array("150,4\n1,2,3,4,0\n".utf8), to: "iris/iris.csv")
    let error = #expect(throws: FileError.self) { try BundledData(DataFolders([folder])).iris() }
    #expect(error?.code == "data/damaged")
    for part in [
      folder + "/iris/iris.csv", "f13ffa8f", SHA256.hex(Array("150,4\n1,2,3,4,0\n".utf8)),
    ] {
      #expect(error?.message.contains(part) == true)
    }
  }

  func counts(_ examples: Examples) throws -> [Int] {
    var counts = [Int](repeating: 0, count: examples.classes.count)
    for label in try examples.targets.elements(as: Int.self) { counts[label] += 1 }
    return counts
  }

  func sum(_ tensor: Tensor) throws -> Int {
    try tensor.withUnsafeBytes { $0.reduce(0) { $0 &+ Int($1) } }
  }
}
