"""Notebook: a question, the code that answers it, and its outputs, as Jupyter keeps them. Really run, once."""

from textwrap import dedent

import nbformat
from nbclient import NotebookClient

from hackaviz.demo.prepare import render, tables

SLUG = "combien-de-detour"

CELLS = (
    (
        "markdown",
        """
        # Combien de détour la mer impose-t-elle ?

        Nous partons de la table des distances de mer depuis Marseille et d’une question
        simple : *combien de kilomètres de mer pour un kilomètre à vol d’oiseau ?* Chaque chiffre du texte sort d’une
        cellule ci-dessous.

        Données : [searoute](https://pypi.org/project/searoute/) 1.6.0 (Apache-2.0), tables du catalogue.
        """,
    ),
    (
        "code",
        """
        import matplotlib.pyplot as plt
        import pandas as pd

        mer = pd.read_csv("sea-distances-from-marseille.csv")
        mer["voie"] = mer.passages.fillna("").map(
            lambda passages: "Suez" if "suez" in passages else "Gibraltar" if "gibraltar" in passages else "Méditerranée"
        )
        mer[["port", "country_fr", "straight_kilometres", "sea_kilometres", "detour", "voie"]].head(6)
        """,
    ),
    (
        "markdown",
        """
        ## Trois voies, trois détours

        Le détour est le rapport entre les deux distances. On le résume par la médiane, que quelques ports très
        mal placés ne déplacent pas.
        """,
    ),
    (
        "code",
        """
        par_voie = mer.groupby("voie").detour.agg(ports="size", médiane="median", plus_fort="max").round(2)
        par_voie.sort_values("médiane")
        """,
    ),
    (
        "code",
        """
        couleurs = {"Méditerranée": "#2f8f7d", "Gibraltar": "#1d5f9c", "Suez": "#c2552b"}
        fig, ax = plt.subplots(figsize=(9, 5.2), layout="constrained")
        for voie, ports in mer.groupby("voie"):
            ax.scatter(ports.straight_kilometres, ports.sea_kilometres, s=46, color=couleurs[voie], alpha=.8,
                       edgecolor="white", linewidth=.8, label=voie)
        bout = mer.sea_kilometres.max()
        for rapport in (1, 1.5, 2):
            ax.plot([0, bout / rapport], [0, bout], color="#9aa9b0", linewidth=1, zorder=0)
            ax.text(bout / rapport, bout * 1.01, f"× {rapport}".replace(".", ","), color="#5b6f78", ha="center")
        for port, droite, gauche in (("Rotterdam", 12, -4), ("Sydney", 10, -14), ("Shanghai", 12, -4), ("Busan", 12, 2)):
            ligne = mer[mer.port == port]
            if len(ligne):
                ax.annotate(port, (ligne.straight_kilometres.iloc[0], ligne.sea_kilometres.iloc[0]),
                            xytext=(droite, gauche), textcoords="offset points", fontsize=10, color="#132a35")
        ax.set(xlabel="à vol d’oiseau, km", ylabel="par la mer, km", xlim=(0, bout * 1.04), ylim=(0, bout * 1.07))
        ax.legend(frameon=False, loc="lower right")
        ax.spines[["top", "right"]].set_visible(False)
        ax.set_title("La mer du Nord paie plus cher que l’Amérique", loc="left", fontweight="bold", fontsize=14)
        plt.show()
        """,
    ),
    (
        "markdown",
        """
        ## Qui contourne le plus ?

        En tête, des ports proches que la péninsule Ibérique cache : c’est elle, plus que l’océan, qui allonge les routes.
        """,
    ),
    (
        "code",
        """
        plus_forts = mer.nlargest(12, "detour").sort_values("detour")
        fig, ax = plt.subplots(figsize=(9, 4.6), layout="constrained")
        ax.barh(plus_forts.port, plus_forts.detour, color=[couleurs[voie] for voie in plus_forts.voie], height=.68)
        for rang, detour in enumerate(plus_forts.detour):
            ax.text(detour + .04, rang, f"{detour:.1f}".replace(".", ","), va="center", color="#132a35")
        ax.axvline(1, color="#132a35", linewidth=1)
        ax.set(xlabel="kilomètres de mer pour un kilomètre à vol d’oiseau")
        ax.spines[["top", "right", "left"]].set_visible(False)
        ax.tick_params(axis="y", length=0)
        plt.show()
        """,
    ),
    (
        "code",
        """
        fermetures = pd.read_csv("passage-closures.csv")
        sans_gibraltar = fermetures[(fermetures.closed_passage == "gibraltar") & (fermetures.extra_kilometres > 0)]
        print(f"{len(sans_gibraltar)} ports sur {fermetures.port.nunique()} s'éloignent si Gibraltar ferme,")
        print(f"de {sans_gibraltar.extra_kilometres.median():,.0f} km au milieu de la liste.".replace(",", " "))
        """,
    ),
    (
        "markdown",
        """
        ## Ce que ce carnet ne dit pas

        Les routes sont les plus courtes d’un réseau simplifié : ni courants, ni météo, ni files d’attente. Le passage du
        Nord-Ouest est fermé dans la table. Une médiane sur cent ports choisis parmi les mieux reliés n’est pas celle
        de tous les ports du monde.
        """,
    ),
)


def draw() -> None:
    """Run the cells in a folder that holds their tables, and write works/combien-de-detour/combien-de-detour.ipynb."""
    book = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for number, (kind, source) in enumerate(CELLS):
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        book.cells.append(make(dedent(source).strip(), id=f"cell-{number}"))
    NotebookClient(book, resources={"metadata": {"path": str(tables.FILES)}}, timeout=120).execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(book, render.target(f"{SLUG}/{SLUG}.ipynb"))
