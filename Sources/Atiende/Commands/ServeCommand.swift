// `atiende serve`: its words; what it does is the server's own.

enum ServeCommand {
    static let command = Command(
        ["serve"], [], ServeSettings.all.map(\.option), "runs the server until it is told to stop (SIGTERM)", .serve)

    /// The settings with their defaults, for `atiende serve --help`.
    static var details: String {
        let rows = ServeSettings.all.map { setting in
            let flag = setting.option.name + (setting.option.value.map { " " + $0 } ?? "")
            let standard = setting.standard.isEmpty ? "" : " [\(setting.standard)]"
            return (flag, setting.option.help + standard)
        }
        return Help.table(rows) + """

            Each flag can also be a variable of the environment: --idle-seconds is ATIENDE_IDLE_SECONDS; a switch is \
            on when its variable is 1. Flags win.

            """
    }
}
