import Testing

@Suite struct SQLSuite {}
