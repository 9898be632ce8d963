/** A history as a team writes one, over years: new tables, columns, indexes and keys on older ones. */
export function history(files) {
  return Array.from({ length: files }, (_, index) => {
    const table = `t${index - (index % 5)}`;
    const older = `t${Math.max(0, index - (index % 5) - 25)}`;
    const sql = [
      `CREATE TABLE ${table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, at timestamptz DEFAULT now());`,
      `ALTER TABLE ${table} ADD COLUMN parent_id bigint;\nALTER TABLE ${table} ADD COLUMN state text NOT NULL DEFAULT 'new';`,
      `CREATE INDEX CONCURRENTLY ${table}_parent ON ${table} (parent_id);`,
      `ALTER TABLE ${table} ADD CONSTRAINT ${table}_parent_fk FOREIGN KEY (parent_id) REFERENCES ${older} (id) NOT VALID;\nALTER TABLE ${table} VALIDATE CONSTRAINT ${table}_parent_fk;`,
      `ALTER TABLE ${older} ALTER COLUMN name TYPE varchar(200);\nUPDATE ${older} SET state = 'old' WHERE at < now();`,
    ][index % 5];
    return { name: `${String(index + 1).padStart(4, "0")}_step.sql`, mimeType: "application/sql", buffer: Buffer.from(`${sql}\n`) };
  });
}
