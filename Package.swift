// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

// Lets a module's tests see what is internal to it, in release builds too.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"])]

/// A Swift module of the package: its folder, what it imports, and what else it compiles with.
func module(
  _ name: String, at folder: String, imports: [Target.Dependency] = [], exclude: [String] = [],
  settings: [SwiftSetting] = []
) -> Target {
  .target(
    name: name, dependencies: imports, path: folder, exclude: exclude,
    swiftSettings: strict + settings)
}

func tests(
  _ name: String, imports: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: imports + ["TestSupport"], path: "Tests/\(name)Tests",
    exclude: exclude, swiftSettings: strict + traitNames)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// What the trait `Complete`, which is on unless one says otherwise, turns on by being one trait only:
// SwiftPM passes several in random order, and each new order rebuilds everything.
let withSimulator: Set<String> = ["Complete", "Simulator"]
let withViewer: Set<String> = ["Complete", "Viewer"]
let traitNames: [SwiftSetting] = [
  .define("Simulator", .when(traits: withSimulator)),
  .define("Viewer", .when(traits: withViewer)),
]
// Whose types its own are made of comes with it.
let hummingbird: [Target.Dependency] = [
  ("Hummingbird", "hummingbird"), ("HTTPTypes", "swift-http-types"), ("Logging", "swift-log"),
  ("NIOCore", "swift-nio"),
].map { .product(name: $0, package: $1, condition: .when(traits: withViewer)) }

// Libraries from Debian's packages, and C and C++ with one Swift module around each.
let native: [Target] = [
  .systemLibrary(
    name: "CSystemPCL", path: "Sources/Native/CSystemPCL", pkgConfig: "pcl_io",
    providers: [.apt(["libpcl-dev", "libeigen3-dev"])]),
  .target(
    name: "CPCL", dependencies: ["CSystemPCL"], path: "Sources/Native/CPCL",
    linkerSettings: [.linkedLibrary("pcl_io_ply"), .linkedLibrary("m")]),
  .systemLibrary(
    name: "COpenBLAS", path: "Sources/Native/COpenBLAS", pkgConfig: "openblas",
    providers: [.apt(["libopenblas-dev", "libopenblas-openmp-dev"])]),
  .systemLibrary(
    name: "CPNG", path: "Sources/Native/CPNG", pkgConfig: "libpng",
    providers: [.apt(["libpng-dev"])]),
  .systemLibrary(
    name: "CZlib", path: "Sources/Native/CZlib", pkgConfig: "zlib",
    providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "CLZ4", path: "Sources/Native/CLZ4", pkgConfig: "liblz4",
    providers: [.apt(["liblz4-dev"])]),
  .systemLibrary(
    name: "CZstd", path: "Sources/Native/CZstd", pkgConfig: "libzstd",
    providers: [.apt(["libzstd-dev"])]),
  .systemLibrary(
    name: "CBzip2", path: "Sources/Native/CBzip2", providers: [.apt(["libbz2-dev"])]),
  .systemLibrary(
    name: "CSQLite", path: "Sources/Native/CSQLite", pkgConfig: "sqlite3",
    providers: [.apt(["libsqlite3-dev"])]),
  .systemLibrary(name: "CMalloc", path: "Sources/Native/CMalloc"),
  .target(
    name: "CEmbree", path: "Sources/Native/CEmbree",
    linkerSettings: [.linkedLibrary("embree3"), .linkedLibrary("m")]),
  .target(
    name: "CMPI", path: "Sources/Native/CMPI", linkerSettings: [.linkedLibrary("dl")]),
  // Optimised in debug builds, too: what a kernel is for is its speed.
  .target(
    name: "CKernels", path: "Sources/Native/CKernels",
    cSettings: [.unsafeFlags(["-O2", "-std=c17"])]),
  .target(
    name: "CBundledFiles", path: "Sources/Native/CBundledFiles",
    cSettings: [.unsafeFlags(["-std=c23"])]),
]

// In the order of their levels: a module imports only lower ones (tools/check holds it to that).
let modules: [Target] = [
  module("PointClouds", at: "Sources/PointClouds"),
  module("Tensors", at: "Sources/Tensors"),
  module("Randomness", at: "Sources/Randomness"),
  module("PCLBridge", at: "Sources/PCLBridge", imports: ["CPCL"]),
  module("Ranks", at: "Sources/Ranks", imports: ["CMPI"]),
  module("JSONTexts", at: "Sources/JSONTexts"),
  module("YAMLTrees", at: "Sources/YAMLTrees", imports: [yams]),
  module(
    "Sensors", at: "Calibration/Sensors",
    imports: ["CBundledFiles", "PointClouds", "YAMLTrees", yams], exclude: ["Tables"]),
  module("Graphs", at: "Sources/Graphs", imports: ["Tensors"]),
  module("PointCloudIO", at: "Sources/PointCloudIO", imports: ["PCLBridge", "PointClouds"]),
  module(
    "RangeImages", at: "Sources/RangeImages", imports: ["PCLBridge", "PointClouds", "Sensors"]),
  module(
    "Packets", at: "Sources/Packets", imports: ["PointClouds", "Sensors", "YAMLTrees", yams]),
  module(
    "Kernels", at: "Sources/Kernels", imports: ["CKernels", "COpenBLAS", "Graphs", "Tensors"],
    settings: [.unsafeFlags(["-Ounchecked"])]),
  module("Networks", at: "Sources/Networks", imports: ["Graphs", "Tensors"]),
  module(
    "Exchange", at: "Sources/Exchange",
    imports: [
      "CBundledFiles", "CZlib", "Graphs", "JSONTexts", "PointCloudIO", "PointClouds",
      "RangeImages", "Tensors",
    ]),
  module(
    "Recordings", at: "Sources/Recordings",
    imports: [
      "CBzip2", "CLZ4", "CSQLite", "CZlib", "CZstd", "PointCloudIO", "PointClouds",
      "YAMLTrees", yams,
    ]),
  module(
    "Streams", at: "Sources/Streams",
    imports: ["Packets", "PointClouds", "Recordings", "Sensors"]),
  module(
    "Execution", at: "Sources/Execution", imports: ["Graphs", "JSONTexts", "Kernels", "Tensors"],
    settings: testable),
  module(
    "Datasets", at: "Datasets/Catalogue",
    imports: [
      "CBundledFiles", "PCLBridge", "PointCloudIO", "PointClouds", "YAMLTrees", yams,
    ]),
  module(
    "Simulator", at: "Simulator/Scenes",
    imports: [
      "CEmbree", "PointCloudIO", "PointClouds", "RangeImages", "Randomness", "Sensors",
    ],
    settings: testable),
  module("Pictures", at: "Sources/Pictures", imports: ["CPNG", "PointCloudIO", "PointClouds"]),
  module(
    "Export", at: "Sources/Export",
    imports: [
      "CBundledFiles", "Exchange", "Execution", "Graphs", "JSONTexts", "Kernels", "PointCloudIO",
      "PointClouds", "RangeImages", "Tensors",
    ], exclude: ["C/Parts"], settings: testable),
  module(
    "Segmentation", at: "Sources/Segmentation",
    imports: [
      "Exchange", "Execution", "Graphs", "Kernels", "PointClouds", "RangeImages", "Sensors",
      "Streams", "Tensors",
    ]),
  module(
    "Realism", at: "Simulator/Realism", imports: ["Pictures", "PointClouds", "RangeImages"]),
  module(
    "Evaluation", at: "Sources/Evaluation",
    imports: ["Datasets", "Pictures", "PointClouds", "RangeImages", "Sensors"]),
  module(
    "Annotation", at: "Sources/Annotation",
    imports: ["CZlib", "Datasets", "JSONTexts", "PCLBridge", "PointCloudIO", "PointClouds"],
    settings: testable),
  module(
    "Training", at: "Sources/Training",
    imports: [
      "CZlib", "Datasets", "Evaluation", "Exchange", "Execution", "Graphs", "Kernels", "Networks",
      "Pictures", "PointCloudIO", "PointClouds", "Randomness", "RangeImages", "Ranks", "Sensors",
      "Tensors",
    ], settings: testable),
  module(
    "DomainCalibration", at: "Calibration/Domain",
    imports: [
      "Exchange", "Execution", "Graphs", "Kernels", "PointClouds", "RangeImages", "Tensors",
      "Training",
    ], settings: testable),
  module(
    "Search", at: "Sources/Search",
    imports: [
      "Exchange", "Execution", "Graphs", "Kernels", "Networks", "Pictures", "PointCloudIO",
      "PointClouds", "Randomness", "RangeImages", "Tensors", "Training",
    ], settings: testable),
  module(
    "Adaptation", at: "Sources/Adaptation",
    imports: [
      "DomainCalibration", "Exchange", "Kernels", "Pictures", "PointClouds", "Randomness",
      "RangeImages", "Tensors", "Training",
    ], settings: testable),
  module(
    "Recipes", at: "Sources/Recipes", imports: ["CBundledFiles", "Datasets", "YAMLTrees", yams],
    exclude: ["Shipped"]),
  module(
    "Viewer", at: "Sources/Viewer",
    imports: [
      "Annotation", "CBundledFiles", "Datasets", "Pictures", "PointClouds", "RangeImages",
      "Segmentation", "Sensors",
    ] + hummingbird, exclude: ["Page"], settings: traitNames),
  .executableTarget(
    name: "lidarseg",
    dependencies: [
      "Adaptation", "Annotation", "CMalloc", "Datasets", "DomainCalibration", "Evaluation",
      "Exchange", "Execution", "Export", "Graphs", "JSONTexts", "Kernels",
      "Networks", "PCLBridge", "Pictures", "PointCloudIO", "PointClouds", "Randomness",
      "RangeImages", "Ranks", "Realism", "Recipes", "Recordings", "Search", "Segmentation",
      "Sensors", "Streams",
      "Tensors", "Training", "Packets", argumentParser,
      .target(name: "Simulator", condition: .when(traits: withSimulator)),
      .target(name: "Viewer", condition: .when(traits: withViewer)),
    ], path: "Sources/lidarseg", swiftSettings: strict + traitNames),
]

var testTargets: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: [
      "Annotation", "Exchange", "Graphs", "Kernels", "Networks", "Packets", "PointCloudIO",
      "PointClouds", "RangeImages", "Tensors",
    ],
    path: "Tests/TestSupport", swiftSettings: strict),
  tests(
    "Search",
    imports: [
      "Datasets", "Execution", "Export", "Graphs", "Kernels", "Networks", "PointClouds",
      "Randomness", "RangeImages", "Search", "Tensors", "Training",
    ]),
  tests(
    "Annotation",
    imports: ["Annotation", "Datasets", "PointCloudIO", "PointClouds", "Randomness"]),
  tests("Datasets", imports: ["Datasets", "PCLBridge", "PointCloudIO", "PointClouds"]),
  tests(
    "Evaluation", imports: ["Datasets", "Evaluation", "Pictures", "PointClouds", "RangeImages"]),
  tests("Graphs", imports: ["Graphs", "Tensors"]),
  tests("Networks", imports: ["Graphs", "Networks", "Tensors"]),
  tests("Kernels", imports: ["Graphs", "Kernels", "Tensors"]),
  tests("PointCloudIO", imports: ["PointCloudIO", "PointClouds"], exclude: ["Fixtures"]),
  tests("Pictures", imports: ["CPNG", "Pictures", "PointClouds"]),
  tests("Sensors", imports: ["CBundledFiles", "PointClouds", "Sensors"]),
  tests("RangeImages", imports: ["PCLBridge", "PointClouds", "RangeImages", "Sensors"]),
  // What the tests of Ranks start by mpirun.
  .executableTarget(
    name: "RanksProbe", dependencies: ["Ranks"], path: "Tests/RanksProbe", swiftSettings: strict),
  tests("Ranks", imports: ["Ranks", "RanksProbe"]),
  tests("Realism", imports: ["PointClouds", "RangeImages", "Realism"]),
  tests(
    "Simulator",
    imports: [
      "CEmbree", "Datasets", "PCLBridge", "PointCloudIO", "PointClouds", "Randomness", "Sensors",
      "Simulator",
    ]),
  tests("Recipes", imports: ["Recipes"]),
  tests("Recordings", imports: ["PointClouds", "Recordings"], exclude: ["Fixtures"]),
  tests("Tensors", imports: ["Tensors"]),
  tests("JSONTexts", imports: ["JSONTexts"]),
  tests("YAMLTrees", imports: ["YAMLTrees", yams]),
  tests("Packets", imports: ["Packets", "PointClouds", "Sensors"]),
  tests("PointClouds", imports: ["PointClouds"]),
  tests("Execution", imports: ["Execution", "Graphs", "Kernels", "Networks", "Tensors"]),
  tests(
    "Export",
    imports: [
      "Exchange", "Execution", "Export", "Graphs", "Kernels", "Networks", "RangeImages", "Tensors",
    ]),
  tests("Exchange", imports: ["CZlib", "Exchange", "Graphs", "PointCloudIO", "Tensors"]),
  tests(
    "Segmentation",
    imports: [
      "Exchange", "Graphs", "PointClouds", "RangeImages", "Segmentation", "Streams", "Tensors",
    ]),
  tests(
    "Training",
    imports: [
      "Datasets", "Exchange", "Execution", "Graphs", "Kernels", "Networks", "Pictures",
      "PointCloudIO", "PointClouds", "Randomness", "RangeImages", "Segmentation", "Sensors",
      "Tensors", "Training",
    ]),
  tests(
    "DomainCalibration",
    imports: [
      "Datasets", "DomainCalibration", "Exchange", "Execution", "Graphs", "Kernels", "Networks",
      "PointClouds", "RangeImages", "Tensors", "Training",
    ]),
  tests(
    "Adaptation",
    imports: [
      "Adaptation", "Datasets", "DomainCalibration", "Exchange", "Kernels", "Pictures",
      "PointClouds", "Randomness", "RangeImages", "Training",
    ]),
  tests(
    "Viewer",
    imports: [
      "Annotation", "Datasets", "Exchange", "Kernels", "Pictures", "PointCloudIO", "PointClouds",
      "RangeImages", "Segmentation", "Viewer",
    ]),
  tests("Streams", imports: ["Packets", "PointClouds", "Recordings", "Sensors", "Streams"]),
  tests(
    "Command",
    imports: [
      "Exchange", "Graphs", "Packets", "PointCloudIO", "PointClouds", "RangeImages", "Sensors",
      "lidarseg",
    ]),
]
if Context.environment["LIDARSEG_SHARED"] != nil {
  // Tests against reference data and other programs that are not part of the project; .ci/run sets the
  // variable.
  testTargets.append(
    tests(
      "ExportAcceptance",
      imports: [
        "Exchange", "Execution", "Export", "Graphs", "Kernels", "Networks", "PointCloudIO",
        "RangeImages", "Tensors", "lidarseg",
      ]))
  testTargets.append(
    tests(
      "Acceptance",
      imports: [
        "Annotation", "Datasets", "DomainCalibration", "Evaluation", "Exchange", "Execution",
        "Export", "Graphs", "Kernels", "Networks", "Packets", "PCLBridge", "Pictures",
        "PointCloudIO",
        "PointClouds", "RangeImages", "Recordings", "Segmentation",
        "Randomness", "Recipes", "Search", "Sensors", "Streams", "Tensors", "Training", "lidarseg",
      ]))
}
if Context.environment["LIDARSEG_FUZZING"] != nil {
  // Instead of the tests, for tools/fuzz: a program whose main function is libFuzzer's, with the parts
  // of the tests that make its seeds.
  testTargets = [
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "CZlib", "Exchange", "Graphs", "Packets", "PointCloudIO", "PointClouds", "RangeImages",
        "Recordings", "Sensors", "Streams", "Tensors",
      ], path: "Tests",
      sources: [
        "Fuzzing", "ExchangeTests/SmallArchive.swift", "TestSupport/CaptureWriter.swift",
        "TestSupport/NetworkWriter.swift", "TestSupport/OusterEncoder.swift",
        "TestSupport/OusterEncoder+Metadata.swift", "TestSupport/VelodyneEncoder+MadeUp.swift",
      ], swiftSettings: strict)
  ]
}

let package = Package(
  name: "lidarseg",
  products: [
    .executable(name: "lidarseg", targets: ["lidarseg"]),
    .library(name: "Lidarseg", targets: ["Segmentation"]),
  ],
  traits: [
    .default(enabledTraits: ["Complete"]),
    .trait(name: "Complete", description: "Everything."),
    .trait(name: "Simulator", description: "Synthetic scans; needs libembree-dev."),
    .trait(name: "Viewer", description: "A page in a browser to look at scans; needs Hummingbird."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
  ],
  targets: native + modules + testTargets,
  cxxLanguageStandard: .cxx17
)
