public import ArgumentParser
public import Execution

extension Precision: ExpressibleByArgument {}
