DROP TABLE project_variants;
