"""A word of seances.toml that nobody reads is told: it would be believed, and not be followed."""

import pytest

from processor.model.findings import Stopped
from processor.night.journal_place import placed
from processor.settings import read_settings
from processor.settings_check import wrong_names


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("[courriel]\ntransprt = 'smtp'", "[courriel] : le réglage « transprt » est inconnu.", "transport"),
        ("[courriel]\npar_heure = 3", "[courriel] : le réglage « par_heure » est inconnu.", "par_jour"),
        ("[courriel.retour]\nhote = 'h.fr'", "[courriel] : le réglage « retour » est inconnu.", "retours"),
        ("[courriel.retours]\nserveur = 'h.fr'", "[courriel.retours] : le réglage « serveur » est inconnu.", "hote"),
        ("[courriel.dkim]\nclef = 'k.pem'", "[courriel.dkim] : le réglage « clef » est inconnu.", "cle"),
        ("[courriel]\ncopies = 'a@b.fr'", "[courriel] : « copies » devrait être une partie [courriel.copies].", "copie"),
        ("[courriel]\nverp = 'oui'", "[courriel] : la valeur de « verp » n’est ni true ni false.", "verp = true"),
        ("[courriel]\nhote = 3", "[courriel] : la valeur de « hote » n’est pas un texte.", "guillemets"),
        ("[journal]\nuri = 'x'", "[journal] : le réglage « uri » est inconnu.", "url"),
        ("[journal]\nmessages_jours = 'un an'", "[journal] : la valeur de « messages_jours » n’est pas un nombre plus grand que zéro.", "messages_jours = 365"),
        ("[journal]\npersonnes_annees = 0", "[journal] : la valeur de « personnes_annees » n’est pas un nombre plus grand que zéro.", "personnes_annees = 10"),
        ("identite = 12", "« identite » n’est pas une suite de lettres, de chiffres et de tirets.", "sauvegarde"),
        ("identite = ['a']", "« identite » n’est pas", "sauvegarde"),
        ("[identite]\na = 1", "« identite » n’est pas", "sauvegarde"),
        ("identite = '/tmp/ailleurs'", "« identite » n’est pas", "sauvegarde"),
        ("identite = '../../ailleurs'", "« identite » n’est pas", "sauvegarde"),
        ('identite = "a\\u0000b"', "« identite » n’est pas", "sauvegarde"),
        ("[classeur]\nsignature = 'casser'", "[classeur] : signature = « casser » n’est pas possible.", 'signature = "rompre", ou supprimez la ligne'),
        ("[dossiers]\ndocuments = ''", "ne peut pas être le dossier « documents ».", 'documents = "documents"'),
        ("[dossiers]\npages = '.'", "[dossiers] : « . » ne peut pas être le dossier « pages ».", 'pages = "pages"'),
        ("[dossiers]\ndocuments = '../..'", "[dossiers] : « ../.. » ne peut pas être", 'documents = "documents"'),
        ('[dossiers]\ndocuments = "a\\u0000b"', "[dossiers] : la valeur de « documents » n’est pas un texte que l’on puisse lire.", 'documents = "documents"'),
        ("[dossiers]\npages = 'seances.toml'", "[dossiers] : « seances.toml », donné pour « pages », est un fichier et non un dossier.", 'pages = "pages"'),
        ("[courriel]\ntransport = 'smtp'", "[courriel] : il manque « hote »", 'hote = "smtp.exemple.fr"'),
        ("[courriel]\ntransport = 'SMTP'", "[courriel] : transport = « SMTP » n’est pas possible.", 'transport = "fichiers" ou transport = "maildir" ou transport = "smtp"'),
        ("[courriel]\nport = '25'", "[courriel] : la valeur de « port » n’est pas un nombre", "sans guillemets, par exemple port = 587"),
        ("[courriel]\nport = 99999", "[courriel] : la valeur de « port » n’est pas un nombre entier de 1 à 65535.", "port = 587"),
        ("[courriel]\nport = 1.5", "[courriel] : la valeur de « port » n’est pas un nombre entier", "port = 587"),
        ("[courriel]\npar_jour = nan", "[courriel] : la valeur de « par_jour » n’est pas un nombre", "par_jour = 500"),
        ("[courriel]\npar_minute = inf", "[courriel] : la valeur de « par_minute » n’est pas un nombre", "par_minute = 20"),
        ("[courriel]\ndkim = 3", "[courriel] : « dkim » devrait être une partie [courriel.dkim].", "[courriel.dkim]"),
    ],
)  # fmt: skip
def test_a_setting_that_nobody_reads_is_told(tmp_path, text, problem, fix):
    (tmp_path / "seances.toml").write_text(text, "utf-8")
    with pytest.raises(Stopped) as stopped:
        read_settings(tmp_path / "classeur.xlsx")
    [finding] = stopped.value.findings
    assert problem in finding.problem
    assert fix in finding.fix


def test_every_documented_setting_is_known():
    mail = dict.fromkeys(
        ("transport", "fournisseur", "hote", "securite", "utilisateur", "copie", "expediteur", "dossier",
         "fichier_mot_de_passe"), "x"
    ) | {"transport": "smtp", "securite": "tls", "port": 25, "par_minute": 20, "par_jour": 500, "verp": True}  # fmt: skip
    box = {"hote": "h.fr", "port": 993, "securite": "tls", "utilisateur": "u", "dossier": "INBOX", "fichier_mot_de_passe": "f"}  # fmt: skip
    mail |= {
        "dkim": {"domaine": "d", "selecteur": "s", "cle": "c"},
        "retours": box,
        "copies": box,
    }
    journal = {"url": "postgresql://h/b", "messages_jours": 30, "personnes_annees": 6}
    assert list(wrong_names({"courriel": mail, "journal": journal})) == []


def test_how_long_is_kept_is_a_year_for_words_and_ten_for_people(tmp_path):
    settings = read_settings(tmp_path / "classeur.xlsx")
    assert (settings.keep_messages, settings.keep_people) == (365, 10)
    (tmp_path / "seances.toml").write_text("[journal]\nmessages_jours = 30\npersonnes_annees = 6", "utf-8")
    settings = read_settings(tmp_path / "classeur.xlsx")
    assert (settings.keep_messages, settings.keep_people) == (30, 6)


@pytest.mark.parametrize("url", ["://", "postgresql://h:port/b", "mysql://x/y", "foo://"])
def test_an_address_of_the_journal_that_leads_nowhere_is_a_finding(tmp_path, url):
    (tmp_path / "seances.toml").write_text(f'[journal]\nurl = "{url}"', "utf-8")
    with pytest.raises(Stopped) as stopped:
        placed(read_settings(tmp_path / "classeur.xlsx"))
    [finding] = stopped.value.findings
    assert "ne mène à aucune base connue" in finding.problem


def test_a_file_saved_as_utf_16_is_told_as_such(tmp_path):
    (tmp_path / "seances.toml").write_text("identite = 'a'", "utf-16")
    with pytest.raises(Stopped) as stopped:
        read_settings(tmp_path / "classeur.xlsx")
    [finding] = stopped.value.findings
    assert "UTF-16" in finding.problem
