// One file on its way: begun or found again at the server, then sent by Uppy, with tus to the application or in parts to the bucket.

import { AwsS3, Tus, Uppy } from "uppy";

const RETRY_MS = [0, 1000, 2000, 4000, 8000, 15000, 30000];
const TUS = { "Tus-Resumable": "1.0.0" };

// What the server is told of a file, by whoever sends it and by the hand-in that names it.
export function announcement({ name, size, lastModified }) {
  return { file_name: name, bytes: size, fingerprint: `${lastModified}-${size}-${name}`.slice(0, 60) };
}

export class Sending {
  // `place`: {transfers, multiparts, token}; `on`: {begun, progress, lost, back, arrived, failed}.
  constructor(file, place, on) {
    Object.assign(this, { file, place, on });
    this.headers = { "X-CSRFToken": place.token, Accept: "application/json" };
    this.uppy = new Uppy();
    this.uppy.on("upload-progress", (_, { bytesUploaded, bytesTotal }) => on.progress(bytesUploaded, bytesTotal));
    this.uppy.on("upload-success", () => this.end(() => on.arrived(this.transfer)));
    this.uppy.on("upload-error", (_, error, response) => this.failed(error, response));
    addEventListener("offline", on.lost);
    addEventListener("online", this.online);
  }

  online = () => { this.on.back(); if (this.hasFailed) this.retry(); };

  async start() {
    try {
      this.transfer = await this.begin();
    } catch (error) {
      this.hasFailed = true;
      this.on.failed(error.isFinal ? error.reason : undefined);
      return;
    }
    this.on.begun(this.transfer);
    this.use();
    this.id = this.uppy.addFile({ name: this.file.name, type: this.file.type, data: this.file });
    this.uppy.setFileState(this.id, this.place.multiparts
      ? { s3Multipart: { key: this.transfer.id, uploadId: this.transfer.multipart } }
      : { tus: { uploadUrl: this.transfer.address } });
    await this.uppy.upload();
  }

  use() {
    if (!this.place.multiparts) {
      const endpoint = this.place.transfers;
      this.uppy.use(Tus, { endpoint, headers: this.headers, retryDelays: RETRY_MS, storeFingerprintForResuming: false });
      return;
    }
    this.uppy.use(AwsS3, { shouldUseMultipart: true, getChunkSize: () => this.transfer.part_bytes, signRequest: (request) => this.sign(request) });
  }

  // The same file, chosen again, goes on where it stopped: the server knows it by its fingerprint.
  async begin() {
    const announced = announcement(this.file);
    if (this.place.multiparts) {
      const body = JSON.stringify(announced);
      return this.ask(this.place.multiparts, { method: "POST", body, headers: { "Content-Type": "application/json" } });
    }
    const said = { filename: announced.file_name, fingerprint: announced.fingerprint };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${base64(value)}`).join(",");
    const headers = { ...TUS, "Upload-Length": this.file.size, "Upload-Metadata": metadata };
    const answer = await this.request(this.place.transfers, { method: "POST", headers });
    const address = answer.headers.get("Location");
    return { id: address.split("/").at(-1), address, here: Number(answer.headers.get("Upload-Offset")) };
  }

  // Where the client library may put a part, ask for the parts, or join them; the application answers the last itself.
  async sign({ method, partNumber }) {
    const own = `/transfers/${this.transfer.id}`;
    if (method === "PUT") return this.ask(`${own}/parts/${partNumber}`);
    if (method === "GET") return this.ask(`${own}/parts`);
    return { url: method === "DELETE" ? own : `${own}/complete`, headers: { ...TUS, "X-CSRFToken": this.place.token } };
  }

  pause() { this.uppy.pauseResume(this.id); }
  resume() { this.uppy.pauseResume(this.id); }
  retry() { this.hasFailed = false; this.id ? this.uppy.retryUpload(this.id) : this.start(); }
  cancel() { this.end(() => this.uppy.removeFile(this.id)); }

  failed(error, response) {
    this.hasFailed = true;
    const status = response?.status ?? error?.originalResponse?.getStatus?.();
    this.on.failed(status >= 400 && status < 500 ? reasonIn(response?.body?.xhr?.responseText) : undefined);
  }

  end(act) {
    removeEventListener("offline", this.on.lost);
    removeEventListener("online", this.online);
    act();
  }

  async ask(url, options = {}) {
    return (await this.request(url, options)).json();
  }

  async request(url, { headers, ...options } = {}) {
    const answer = await fetch(url, { ...options, headers: { ...this.headers, ...headers } });
    if (answer.ok) return answer;
    // A refusal is final; a server that is busy or gone is asked again.
    throw Object.assign(new Error(answer.statusText), { reason: reasonIn(await answer.text()), isFinal: answer.status < 500 });
  }
}

function reasonIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
