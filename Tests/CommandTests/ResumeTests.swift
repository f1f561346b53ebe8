import Foundation
import Testing

/// Training that is killed again and again, through the programs.
@Suite struct ResumeTests {
  private static let program = """
    net = flatten() >> dense(16, tanh) >> dropout(0.2) >> dense(10)
    trained = train(
      net, take(digits(), 300), epochs=6, batch=8, optimizer=adam(0.003), schedule=one_cycle(),
      augment=shift(1) >> rotate(10), checkpoint="run.ckpt", every=1
    )
    save(trained, "model.safetensors")
    print(trained.history.loss)
    """

  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write(Self.program, to: "run.lep")
    return workshop
  }

  private func start(_ workshop: Workshop) throws -> RunningProgram {
    try workshop.start(
      "lepton-run", ["--allow-write=.", "run.lep"])
  }

  private func kept(_ workshop: Workshop) -> Data? {
    FileManager.default.contents(atPath: "\(workshop.folder)/run.ckpt")
  }

  @Test func `a training that is killed three times ends as one that ran through`() throws {
    let (quiet, rough) = (try workshop(), try workshop())
    let whole = try start(quiet).wait()
    #expect(whole.code == 0, "\(whole.messages)")
    for _ in 0..<3 {
      let before = kept(rough)
      let run = try start(rough)
      for _ in 0..<2000 where kept(rough) == before { usleep(5_000) }
      usleep(20_000)
      let workers = run.children
      run.send(SIGKILL)
      for worker in workers { kill(worker, SIGKILL) }
      #expect(run.wait().code == -SIGKILL)
      #expect(kept(rough) != before)
    }
    let resumed = try start(rough).wait()
    #expect(resumed.code == 0, "\(resumed.messages)")
    #expect(resumed.output == whole.output)
    let models = [quiet, rough].map {
      FileManager.default.contents(atPath: "\($0.folder)/model.safetensors")
    }
    #expect(models[0] != nil && models[0] == models[1])
  }
}
