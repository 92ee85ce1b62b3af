"""Annif: an SVC project with the Voikko analyzer, trained beforehand on the corpus; asked for suggestions in batches.

Annif cuts sentences with NLTK's Punkt, whose data are downloaded at run time. A Punkt that has learnt nothing does the same work at
the same speed, so that is what it gets here.
"""

import json
import os
import sys
import tempfile

from clock import measure


def load():
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    punkt = os.path.join(folder, "tokenizers", "punkt_tab", "english")
    os.makedirs(punkt)
    for name in ("collocations.tab", "sent_starters.txt", "abbrev_types.txt", "ortho_context.tab"):
        open(os.path.join(punkt, name), "w", encoding="utf-8").close()
    os.environ["NLTK_DATA"] = folder
    with open("projects.cfg", "w", encoding="utf-8") as file:
        file.write(
            "[hyte]\nname=hyte\nlanguage=fi\nbackend=svc\nanalyzer=voikko(fi)\nvocab=themes\nlimit=3\nmin_df=2\n"
        )
    with open(sys.argv[3], encoding="utf-8") as file:
        pairs = json.load(file)
    names = sorted({theme for _, theme in pairs})
    with open("themes.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"<http://example.org/{name}>\t{name}\n" for name in names)
    with open("train.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{' '.join(text.split())}\t<http://example.org/{theme}>\n" for text, theme in pairs)
    import annif
    from annif.corpus import Document, DocumentFileTSV
    from annif.registry import initialize_projects
    from annif.vocab import VocabFileTSV

    app = annif.create_flask_app()
    with app.app_context():
        initialize_projects(app)
        project = annif.registry.get_project("hyte")
        project.vocab.load_vocabulary(VocabFileTSV("themes.tsv", "fi"))
        project.train(DocumentFileTSV("train.tsv", project.subjects))

        def work(texts):
            with app.app_context():
                return sum(
                    len(project.suggest([Document(text=text) for text in texts[i : i + 256]]))
                    for i in range(0, len(texts), 256)
                )

    return work


measure(load)
