package import Kernels
package import PointClouds
package import Ranks

/// What a run is given besides its configuration.
package struct TrainingContext: Sendable {
  /// What to do.
  package var configuration: TrainingConfiguration
  /// The configuration as text, with every field: what a run is told from another by.
  package var recipe: String
  /// The classes.
  package var labelMap: LabelMap
  /// The folder to write to.
  package var folder: String
  /// Whether to go on with what is in the folder.
  package var resumes: Bool
  /// Whether activations are computed again rather than kept.
  package var recomputesActivations: Bool
  /// Threads of this process.
  package var threadCount: Int
  /// Whose kernels compute.
  package var backend: Backend
  /// The processes that train together.
  package var ranks: Ranks
  /// The program's version.
  package var program: String
  /// The machine, for `machine.json`.
  package var machine: [String: String]

  /// A context; see the properties.
  package init(
    configuration: TrainingConfiguration, recipe: String, labelMap: LabelMap, folder: String,
    resumes: Bool, recomputesActivations: Bool, threadCount: Int, backend: Backend, ranks: Ranks,
    program: String, machine: [String: String]
  ) {
    self.configuration = configuration
    self.recipe = recipe
    self.labelMap = labelMap
    self.folder = folder
    self.resumes = resumes
    self.recomputesActivations = recomputesActivations
    self.threadCount = threadCount
    self.backend = backend
    self.ranks = ranks
    self.program = program
    self.machine = machine
  }
}
