//! A server of the binary under test, and a client for it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server; it is killed with the test.
pub struct Server {
    child: Child,
    address: SocketAddr,
    agent: ureq::Agent,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: ureq::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn new(response: ureq::http::Response<ureq::Body>) -> Self {
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(1 << 30).read_to_vec().expect("a whole body");
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn kind(&self) -> &str {
        self.header("content-type").unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a text")
    }
}

impl Server {
    /// Starts it on a port that is free, and waits until it listens.
    pub fn start(data: &str, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("RELATA_TOKEN")
            .args(["serve", data, "--port", "0"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("where it listens");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
        let address = address.parse().unwrap_or_else(|_| panic!("no address: {line}"));
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(120)));
        Self { child, address, agent: config.build().new_agent() }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks for a path below the interface.
    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("http://{}/api/v1/{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::new(request.call().expect("an answer"))
    }

    /// Asks for any path.
    pub fn raw(&self, path: &str) -> Answer {
        Answer::new(self.agent.get(format!("http://{}{path}", self.address)).call().expect("an answer"))
    }

    pub fn post(&self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let request = self.agent.post(format!("http://{}/api/v1/{path}", self.address)).header("Content-Type", kind);
        Answer::new(request.send(body).expect("an answer"))
    }

    /// The memory it holds, where the system tells.
    pub fn resident_kilobytes(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// Asks it to stop.
    pub fn stop(&mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().expect("its end").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
