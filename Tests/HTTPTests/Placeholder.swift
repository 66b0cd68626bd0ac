import Testing

@Suite struct HTTPSuite {}
