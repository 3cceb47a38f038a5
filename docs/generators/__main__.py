from docs.generators import write_pages

write_pages()
