package import Kernels
package import PointClouds

/// What a search is given besides its configuration.
package struct SearchContext: Sendable {
  /// What to do.
  package var configuration: SearchConfiguration
  /// The configuration as text, with every field: what a run is told from another by.
  package var recipe: String
  /// The classes.
  package var labelMap: LabelMap
  /// The networks to choose from.
  package var networks: any CandidateNetworks
  /// What the candidates cost.
  package var latencies: CandidateLatencies
  /// The folder to write to.
  package var folder: String
  /// Whether to go on with what is in the folder.
  package var resumes: Bool
  /// Threads of this process.
  package var threadCount: Int
  /// Whose kernels compute.
  package var backend: Backend
  /// The program's version.
  package var program: String
  /// The machine, for `machine.json`.
  package var machine: [String: String]

  /// A context; see the properties.
  package init(
    configuration: SearchConfiguration, recipe: String, labelMap: LabelMap,
    networks: any CandidateNetworks,
    latencies: CandidateLatencies, folder: String, resumes: Bool, threadCount: Int,
    backend: Backend, program: String, machine: [String: String]
  ) {
    (self.configuration, self.recipe, self.labelMap) = (configuration, recipe, labelMap)
    (self.networks, self.latencies, self.folder) = (networks, latencies, folder)
    (self.resumes, self.threadCount, self.backend) = (resumes, threadCount, backend)
    (self.program, self.machine) = (program, machine)
  }
}

/// Where a search is, for people and programs that watch it.
package struct SearchProgress: Encodable, Sendable {
  /// Steps of the weights that are done.
  package var step: Int
  /// Steps of the whole search.
  package var steps: Int
  /// The mean loss since the last report, without latency.
  package var loss: Double
  /// What networks take on average, by the shares of the blocks.
  package var latency: Double
  /// How undecided the places are, from 0 (one block each) to 1 (all alike).
  package var entropy: Double
  /// Seconds to the end at this speed.
  package var secondsLeft: Double
}
