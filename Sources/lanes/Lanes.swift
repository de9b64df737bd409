import ArgumentParser

@main
struct Lanes: ParsableCommand {}
