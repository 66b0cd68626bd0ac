// nginx with two workers, serving files from a folder of its own.

import Glibc

struct Nginx {
    let port: UInt16
    private let child: Child
    private let folder: String

    init?(files: [String: [UInt8]]) {
        let folder = makeTemporaryFolder()
        let port = BenchServer.freePort()
        let configuration = """
            daemon off; worker_processes 2; pid \(folder)/pid; error_log \(folder)/errors;
            events { worker_connections 4096; }
            http {
              access_log off; types { text/html html; text/css css; } sendfile on; tcp_nopush on;
              keepalive_requests 100000000; client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
              fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
              server { listen 127.0.0.1:\(port) reuseport; root \(folder); }
            }

            """
        guard writeText(configuration, to: folder + "/conf"),
            files.allSatisfy({ writeBytes($0.value, to: folder + "/" + $0.key) })
        else { return nil }
        // Its workers are not root.
        chmod(folder, 0o755)
        guard let child = Child(["nginx", "-p", folder, "-c", folder + "/conf"]) else { return nil }
        usleep(500_000)
        self.child = child
        self.port = port
        self.folder = folder
    }

    func end() {
        child.stop()
        removeFolder(folder)
    }
}
