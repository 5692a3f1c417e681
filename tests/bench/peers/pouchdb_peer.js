// PouchDB with the members as documents: `serve` is its server (express-pouchdb), `drive` its client, both in memory.
// A batch is 100 documents, as PouchDB has it by default.

const readline = require("readline");
const PouchDB = require("pouchdb").defaults({ adapter: "memory" });
PouchDB.plugin(require("pouchdb-adapter-memory"));

function serve() {
  const app = require("express")();
  app.use("/", require("express-pouchdb")(PouchDB, { mode: "minimumForPouchDB", inMemoryConfig: true }));
  app.listen(Number(process.env.PORT), "127.0.0.1");
}

async function drive(url, file) {
  const told = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const step = async (name, does) => {
    console.log(`ready ${name}`);
    await told.next();
    const started = performance.now();
    await does();
    console.log(`done ${(performance.now() - started) / 1000}`);
  };
  const people = JSON.parse(require("fs").readFileSync(file, "utf-8"));
  const remote = `${url}/members`;
  const [office, home] = [new PouchDB("office"), new PouchDB("home")];
  await office.bulkDocs(people.map((person, number) => ({ _id: String(number).padStart(6, "0"), ...person })));
  await new PouchDB(remote, { adapter: "http" }).info(); // makes the database there
  const up = () => office.replicate.to(new PouchDB(remote, { adapter: "http" }));
  await step("push", up);
  await step("pull", () => home.replicate.from(new PouchDB(remote, { adapter: "http" })));
  if ((await home.info()).doc_count !== people.length) throw new Error("not all came");
  for (let number = 0; number < 100; number++) {
    const held = await office.get(String(number).padStart(6, "0"));
    await office.put({ ...held, team: "Tổ mới" });
  }
  await step("edits", up);
  await step("quiet", up);
  process.exit(0);
}

if (process.argv[2] === "serve") serve();
else drive(process.argv[3], process.argv[4]);
