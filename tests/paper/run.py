#!/usr/bin/env python3
"""Renders every view in tests/fixtures/paper with its shipped layout, prints a campaign's sheets with the
program, and looks at the PDF from outside: qpdf, poppler, zbar. Usage: run.py RENDER VALSTUGA. Prints TAP."""
import json
import os
import re
import sys
import tempfile

import scene
from look import MM, check, core, finish, overlaps, run, words_on

HERE = os.path.dirname(os.path.abspath(__file__))
VIEWS = os.path.join(HERE, "..", "fixtures", "paper")
RENDER = os.path.abspath(sys.argv[1])

# name: (pages, texts that must be there, table head that is on so many pages)
EXPECTED = {
    "order-sheet-one": (1, ["Karlstads kommun", "Åsgatan 4 B", "652\u00a024 Karlstad"], 1),
    "order-sheet-six": (2, ["Säffle", "Behörig beställare", "76\u00a0730 röstberättigade"], 2),
    "order-sheet-many": (12, ["Listor: 300", "Östra Ämtervik", "Årjäng"], 12),
    "order-sheet-empty": (1, ["Inga listor att beställa"], 1),
    "order-sheet-long": (1, ["Łukasz Wójcik", "Adressen är inte fullständig"], 1),
    "order-sheet-missing": (2, ["KF Östra Ämtervik 12056", "Saknas innan beställning"], 1),
    "list-proof-0": (2, ["Listan har inga kandidater"], 1),
    "list-proof-2": (2, ["Regionfullmäktige", "Österlångströmssundsvallhammarskjöldsberg"], 1),
    "list-proof-30": (4, ["Łukasz Håkansson", "Åsa Öberg", "Şahin", "Đorđe Petrović"], 2),
    "list-proof-72": (5, ["Förklaringen saknas", "Maryam Ängström"], 3),
    "list-proof-90": (5, ["18 namn får inte plats"], 3),
    "pick-list-one": (1, ["A01", "Kontrollräknat av", "Åke A., bil 1"], 1),
    "pick-list-many": (4, ["Sörgårdens förskola", "Summa per transport"], 3),
    "pick-list-sixty": (3, ["H04", "Summa för hela listan"], 3),
    "pick-list-empty": (1, ["Inget att plocka"], 0),
    "pick-list-long": (2, ["Bryt en bunt: 200 lösa", "1\u00a0234\u00a0567"], 1),
    "delivery-note-one": (1, ["F-0042", "Mottagningskvittens", "Kvitto på följesedel F-0042"], 1),
    "delivery-note-six": (1, ["4/4", "Senast 17 augusti kl.\u00a015.00", "Riv av här"], 1),
    "delivery-note-sixty": (3, ["61/61", "Avvikelser"], 2),
    "delivery-note-empty": (1, ["Leveransen innehåller inga valsedlar"], 1),
    "delivery-note-long": (2, ["KF 12345 har 2\u00a0000", "Resten följer med nästa bil"], 1),
    "box-labels-one": (1, ["Kolli 1/1", "Lämnas i receptionen, plan 2", "2,9\u00a0kg"], 0),
    "box-labels-60": (4, ["Kolli 5/5", "Medborgarkontoret"], 0),
    "box-labels-36": (1, ["Kolli 6/6"], 0),
    "box-labels-105": (1, ["Kolli 4/4"], 0),
    "box-labels-99": (1, ["Kolli 7/7"], 0),
    "box-labels-long": (1, ["Kolli 112/160", "12\u00a0345,6\u00a0kg"], 0),
    "place-sheet-one": (2, ["Åhlénsrummet", "Kvar i ställ"], 1),
    "place-sheet-usual": (2, ["Arvika Åmål-Högåsen 3", "Påfyllning 2/9", "levererad"], 1),
    "place-sheet-sixty": (5, ["17840159", "L-0101"], 2),
    "place-sheet-empty": (1, ["Inga öppettider är inlagda", "Ingen inlämningsregel"], 1),
    "place-sheet-long": (2, ["Koordinater saknas", "Ring vaktmästaren före."], 1),
    "route-sheet-one": (1, ["Förarens namnteckning", "Åke A."], 0),
    "route-sheet-six": (2, ["Bygdegården Östra Åsen", "10\u00a0km", "Depå"], 0),
    "route-sheet-sixty": (10, ["och därför inte syns: 3."], 0),
    "route-sheet-empty": (1, ["Inget journummer är inlagt", "Turen har inga stopp"], 0),
    "route-sheet-nomap": (2, ["Inget stopp har koordinater"], 0),
    "route-sheet-long": (2, ["aldrig direkt i stället", "Tanka i Edane."], 0),
    "coverage-board-one": (1, ["saknar 3\u00a0000", "Luckor"], 1),
    "coverage-board-six": (2, ["onsdag 26 augusti", "33\u00a0%"], 2),
    "coverage-board-sixty": (8, ["Mellanskolan, matsalen"], 8),
    "coverage-board-empty": (1, ["Inga platser att täcka"], 1),
    "coverage-board-long": (1, ["saknar 1\u00a0234\u00a0567"], 1),
    "jour-list-one": (1, ["0570-100\u00a020", "06.00–11.00", "hela distriktet"], 1),
    "jour-list-nine": (1, ["fredag 28 augusti", "Länsstyrelsen Värmland"], 1),
    "jour-list-sixty": (5, ["dag 20", "Łukasz W."], 5),
    "jour-list-empty": (1, ["Inga jourpass är inlagda"], 1),
    "jour-list-long": (1, ["+46\u00a070\u00a0174\u00a006\u00a005"], 1),
    "roster-one": (1, ["1 av 2 platser fyllda", "saknas 1", "Kom utan att stå på listan"], 1),
    "roster-day": (1, ["Valstugan på Stora torget", "429-D", "10.00–12.00 värd · 2 av 2"], 1),
    "roster-leader": (1, ["Passledarens exemplar – för Märta Öberg", "Åke Åkerblom (ny)", "070-174\u00a010\u00a000"], 1),
    "roster-crowd": (8, ["Valsedelsutdelning", "Nr", "204", "16.00–18.00 körning · 3 av 3"], 7),
    "roster-towns": (16, ["Valstugan i Årjäng", "Valstugan i Säffle"], 16),
    "roster-empty": (1, ["Inga pass är inlagda"], 1),
    "roster-long": (2, ["Maria Magdalena", "Kommer med bussen 12.47", "Tänk på vinden."], 1),
    "day-plan-one": (1, ["Lördag 5 september 2026", "Valstuga Arvika"], 1),
    "day-plan-six": (1, ["Saknas nu – ring", "2 värdar", "I morgon", "valsedelsjour"], 1),
    "day-plan-forty": (3, ["Torgmöte Sunne", "Att ringa"], 3),
    "day-plan-empty": (1, ["Inga aktiviteter i dag"], 1),
    "day-plan-long": (2, ["inställt", "vattenskada", "Ring Märta före sju."], 2),
    "canvass-sheet-one": (1, ["Ängsvägen", "Inga namn och inga åsikter antecknas", "Förstörs senast 2026-09-30"], 1),
    "canvass-sheet-ten": (1, ["Hantverkaregatan", "Vill ha kontakt", "Kvar att gå"], 1),
    "canvass-sheet-sixty": (4, ["Port 12: ring på hos vaktmästaren", "60"], 4),
    "canvass-sheet-empty": (1, ["Inga gator är inlagda"], 1),
    "canvass-sheet-long": (1, ["Vägarbete på Åsgatan", "Portkod delas ut på plats."], 1),
    "call-list-one": (1, ["bekräfta passet på lördag", "417-R"], 1),
    "call-list-ten": (1, ["Förslag på vad du kan säga", "070-174\u00a010\u00a000", "flygblad: saknas 4"], 1),
    "call-list-hundred": (6, ["ringd 1 september, inget svar"], 6),
    "call-list-empty": (1, ["Ingen att ringa"], 1),
    "call-list-long": (1, ["Skriv upp önskemål."], 1),
    "checklist-one": (1, ["Hämta nyckeln"], 1),
    "checklist-usual": (1, ["Polistillstånd för allmän sammankomst", "På plats", "Det vi kom på efteråt"], 1),
    "checklist-hundred": (5, ["Del 10", "Punkt 100"], 5),
    "checklist-empty": (1, ["Inga punkter är inlagda"], 1),
    "checklist-long": (1, ["Växeln stänger tidigt."], 1),
    "extract-one": (1, ["artikel 15", "Integritetsskyddsmyndigheten"], 0),
    "extract-usual": (4, ["person 17, begäran 2026-4", "Inga uppgifter är begränsade.", "Dina rättigheter"], 1),
    "extract-empty": (1, ["Det finns inga uppgifter om dig i registret."], 0),
    "extract-long": (1, ["Ring helst på kvällen."], 0),
    "certificate-one": (1, ["Namnförtydligande", "371"], 1),
    "certificate-usual": (1, ["Gallringsplan antagen av distriktsstyrelsen", "2 777"], 1),
    "certificate-sixty": (3, ["Kandidater 58"], 3),
    "certificate-empty": (1, ["Inget var att gallra"], 1),
    "certificate-long": (2, ["Dataskyddsombud"], 1),
    "saturday-sheet-one": (1, ["Lördag 22 augusti · v. 34", "riksdagen, plats 1"], 1),
    "saturday-sheet-four": (2, ["Kommuner utan kandidat: Munkfors, Storfors och Eda", "Lediga kandidater: Siv Öberg"], 2),
    "saturday-sheet-sixty": (7, ["Lördag 12 september · v. 37"], 7),
    "saturday-sheet-empty": (1, ["Inga lördagar är inlagda"], 0),
    "saturday-sheet-long": (1, ["Ta med valsedlar."], 1),
    "flyer-one": (1, ["Kom med i valstugan!", "exempelparti.se/v/7K3M-AQX2-RT4", "Stora torget, Arvika"], 1),
    "flyer-a5": (1, ["Sms:a PASS 7K3M-AQX2-RT4 till", "Vi ringer dig samma dag."], 1),
    "flyer-poster": (1, ["Politisk annons", "Transparensmeddelande: exempelparti.se/annons/2026-17"], 1),
    "flyer-two": (1, ["Lördagar 10–16 till och med valdagen"], 1),
    "flyer-pair": (1, ["Fyll i och riv av.", "E-post", "får spara mina uppgifter"], 1),
    "flyer-four": (1, ["Gäller till och med 13\u00a0september 2026."], 1),
    "flyer-slips": (1, ["Politisk annons", "Namn", "Lämnas i valstugan"], 1),
    "flyer-press": (1, ["Kom med i valstugan!", "Telefon"], 1),
    "flyer-press-four": (1, ["Kom med i"], 1),
    "flyer-towns": (16, ["Stora torget, Årjäng", "exempelparti.se/v/7K3M-RQX9-RT4"], 16),
    "flyer-mail": (1, ["anmalan@exempelparti.se, skriv 7K3M-AQX2-RT4"], 1),
    "flyer-long": (1, ["Östgötatrafikantupplysningskampanjen", "Anmäl dig."], 0),
    "flyer-bare": (1, ["Hej!"], 0),
    "calendar-year": (11, ["Augusti 2026", "Förtidsröstningen börjar", "+2 till", "Sista dag att anmäla deltagande", "valdagen − 18 dagar",
                           "VL 10:2", "sen 7 dagar", "kommunens sista dag"], 3),
    "calendar-full": (10, ["+4 till", "+3 till", "Tre dagar har inget datum än", "Valsedlar till kommunen nr 186"], 9),
    "calendar-one": (2, ["September 2026", "Valdag", "VL 1:3"], 1),
    "calendar-turn": (4, ["December 2026", "Januari 2027", "v. 53", "Nyårsdagen"], 1),
    "calendar-empty": (1, ["Inga dagar är inlagda", "så snart valdagen är satt"], 0),
    "calendar-long": (2, ["En mycket lång dag med många", "Utan datum", "datum saknas", "Kontrollera mot val.se."], 1),
    "questionnaire-usual": (1, ["Enkät efter valet till", "Fick föreningen det stöd av distriktet", "Delvis", "1 = inte alls, 5 = mycket bra",
                                "15 oktober 2026", "UTV-01", "valombud@exempelpartiet.se", "652\u00a024 Karlstad"], 1),
    "questionnaire-towns": (16, ["Exempelpartiet Årjäng", "Exempelpartiet Säffle", "UTV-15"], 16),
    "questionnaire-one": (1, ["Fick föreningen det stöd", "Något mer ni vill säga?"], 1),
    "questionnaire-many": (2, ["21", "Tack! Så här skickar ni svaret"], 1),
    "questionnaire-empty": (1, ["Inga frågor är inlagda"], 0),
    "questionnaire-long": (2, ["UTVÄRDERING-2026-ÖSTERLÅNG", "Föreningen saknar kontaktperson", "Ring om något är oklart."], 1),
    "media-week-usual": (1, ["Medieveckan v. 34", "av 1 som är målet", "73 % chans att hålla 1,0 i veckan till valdagen", "Modell: 16 har synts.",
                             "mål 1,0", "tors 20 aug", "Dagen har gått", "tis 11 aug", "tis 25 aug", "Har inte synts på fyra veckor",
                             "5 veckor sedan,", "Kommuner"], 1),
    "media-week-full": (1, ["och 2 till", "och 12 till", "och 3 till", "och 6 till", "och 8 till", "Två talespersoner saknar område",
                            "Pressgruppen möts"], 1),
    "media-week-one": (1, ["1 framträdande", "Prognosen kommer när några veckor har gått.", "Inget är bokat.", "Alla har synts."], 1),
    "media-week-empty": (1, ["Medieveckan v. 1", "Inget ännu. En insändare räknas", "Det första medieinslaget blir den första stapeln"], 1),
    "media-week-turn": (1, ["28 december 2026–3 januari 2027", "En till behövs, och en är bokad.", "53 1 2 3"], 1),
    "media-week-long": (1, ["av 1 234 som är målet", "mån 17 aug", "Tänk på tonen."], 1),
    "goal-report-ten": (3, ["3 nådda eller före, 3 i fas, 3 efter eller missade, 1 väntar", "10. Distriktet jämnas ut", "efter", "missat", "i fas",
                            "142 av 200; väntat 128,0 på dag 233 av 365.", "når målet 14 december", "Munkfors, Storfors",
                            "Arvika 3, Eda 8", "Ingen kurva än", "73 % chans"], 1),
    "goal-report-one": (1, ["142 av 200 medlemmar", "Verksamhetsplan 2026"], 1),
    "goal-report-thirty": (8, ["30. Distriktet jämnas ut", "Fyra avläsningar är äldre än 30 dagar"], 1),
    "goal-report-empty": (1, ["Inga mål är inlagda ännu", "Lägg in årsplanens mål"], 0),
    "goal-report-long": (3, ["1\u00a0234\u00a0567", "Läs av varje måndag."], 1),
    "status-report-usual": (1, ["23", "dagar kvar till valdagen", "73 % chans", "Distriktet jämnas ut", "missat", "14 av 16", "sen 7 dagar",
                                "och 12 till", "KF Storfors har ingen beslutad lista", "1 342"], 1),
    "status-report-full": (1, ["och 20 till", "och 40 till", "Uppgifterna om pass", "Nästa möte"], 1),
    "status-report-one": (1, ["Minst 200 nya medlemmar", "Inget ännu.", "Inget hittat."], 1),
    "status-report-empty": (1, ["Valdagen är inte satt", "Inga mål är inlagda ännu.", "Inget är på väg."], 1),
    "status-report-long": (1, ["1 234", "1\u00a0234\u00a0567"], 1),
    "evaluation-report-usual": (6, ["Det viktigaste", "Kommunfullmäktige", "−11,2", "+13,8", "Hela distriktet", "jämförelse saknas", "ökat mer än 4", "km",
                                    "0,07 till 0,85", "inte vad som orsakade", "Utan sista räkning: Arvika bibliotek", "fylldes aldrig på",
                                    "12 av 16 föreningar har svarat", "9 ja, 2 delvis, 1 nej", "Har inte svarat: Eda", "Exempelpartiet Filipstad",
                                    "6 nådda, 1 i fas, 3 missade", "Resultaten inlästa", "Alla föreningar har svarat"], 1),
    "evaluation-report-full": (13, ["Riksdag", "Resultatet är preliminärt"], 1),
    "evaluation-report-one": (3, ["För få kommuner", "Valsedlarna tog aldrig slut", "1 av 16 föreningar har svarat"], 1),
    "evaluation-report-empty": (1, ["Inget resultat är inlagt ännu.", "Ingen förening har svarat ännu.", "Inga mål är inlagda."], 1),
    "evaluation-report-long": (3, ["Det gick bra.", "Rättas vid årsmötet."], 1),
}
HEADS = {"order-sheet": "Förra valet", "list-proof": "Text på valsedeln", "pick-list": "Valkrets · lista",
         "delivery-note": "Beställt", "box-labels": "Valtyp", "place-sheet": "Valkrets · lista",
         "route-sheet": "Valkrets", "coverage-board": "Ansvarig", "jour-list": "Jourhavande",
         "roster": "Kom inte", "day-plan": "Läge", "canvass-sheet": "Öppnade", "call-list": "Ring igen",
         "checklist": "Signatur", "extract": "Utfall", "certificate": "Varför resten är kvar",
         "saturday-sheet": "Kandiderar till", "flyer": "Valet 2026", "calendar": "Slag", "questionnaire": "Ifyllt av",
         "media-week": "Rubrik", "goal-report": "Del av målet", "status-report": "Del av målet", "evaluation-report": "95 % intervall"}
# Besides the sheet's own code: one on the receipt of a delivery note, one to answer with.
ANSWERS = "questionnaire"
# Texts that lie on each other are a mistake, except these: what is under a watermark.
LAYERED = {"list-proof"}
WATERMARKED = {"roster"}


def render(layout, view, language, path):
    done = run(RENDER, layout, view, language, path)
    if done.returncode != 0:
        return None, None, done.stderr
    pages, missing = done.stdout.split()
    return int(pages), int(missing), ""


def sheets_of(view):
    with open(view, encoding="utf-8") as file:
        return json.load(file)["sheets"]


def without_watermark(layout, view, work):
    """The same pages, drawn without the name that lies under everything."""
    with open(os.path.join(HERE, "..", "..", "templates", "paper", layout + ".json"), encoding="utf-8") as file:
        plain = json.load(file)
    del plain["watermark"]
    path = os.path.join(work, "plain")
    with open(path + ".json", "w", encoding="utf-8") as file:
        json.dump(plain, file)
    render(path + ".json", view, "sv", path + ".pdf")
    return path + ".pdf"


def check_places(name, layout, path):
    """Nothing lies on anything else, and nothing is nearer than 4 mm to the paper's edge."""
    size = run("pdfinfo", path).stdout
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", size).groups())
    bad = []
    for number, words in enumerate(words_on(path), 1):
        if layout not in LAYERED:
            bad += [f"page {number}: {pair}" for pair in overlaps(words)]
        bad += [f"page {number}: {word[0]} is outside" for word in words
                if word[1] < 4 * MM or word[2] < 0 or word[3] > width - 4 * MM or word[4] > height - 3 * MM]
    check(not bad, f"{name} has no text on another, none at the edge", "\n".join(bad))


def label_cells(layout, sheet):
    """(page, left, top, width, height) of every label, mm, as the format says."""
    with open(os.path.join(HERE, "..", "..", "templates", "paper", layout + ".json"), encoding="utf-8") as file:
        f = json.load(file)["labels"]["formats"][sheet["format"]]
    for i in range(len(sheet["labels"])):
        spot = sheet["start"] - 1 + i
        at = spot % (f["columns"] * f["rows"])
        yield (spot // (f["columns"] * f["rows"]), f["x0"] + sheet["adjust_x"] + at % f["columns"] * f["pitch_x"],
               f["y0"] + sheet["adjust_y"] + at // f["columns"] * f["pitch_y"], f["width"], f["height"])


def finished(sheet):
    """Width and height of one finished flyer, mm."""
    return {"A6": (105, 148), "A5": (148, 210), "A4": (210, 297)}[sheet["size"]]


def check_flyer_codes(name, view, work):
    """As many as the paper has flyers, all with the sheet's own text; nothing where there is none."""
    images = sorted(f for f in os.listdir(work) if re.fullmatch(re.escape(name) + r"-\d+\.pgm", f))
    wrong = []
    for sheet, image in zip(sheets_of(view), images, strict=True):
        found = run("zbarimg", "--nodbus", "-q", "--raw", os.path.join(work, image)).stdout.splitlines()
        os.remove(os.path.join(work, image))
        if found != [sheet["qr"]] * sheet["up"] * bool(sheet["qr"]):
            wrong.append(f"{image}: {found}")
    check(not wrong, f"{name} has the sheet's QR code on every flyer", "\n".join(wrong))


def check_flyer_modules(name, view, path):
    """As the PDF draws them: modules of at least 0.5 mm, symbols of at least 20 mm."""
    content = run("qpdf", "--qdf", "--object-streams=disable", path, "-", encoding="latin-1").stdout
    drawn = re.findall(r"([\d.]+) 0 0 \1 [\d.-]+ [\d.-]+ cm\n(?:(?!\ncm).)*?q 0 g ([\d.]+) 0 0 -\2 .*?cm\n(.*?)f Q",
                       content, re.DOTALL)
    small = []
    for scale, module, rows in drawn:
        width = float(scale) * float(module) / MM
        side = max(float(x) + float(w) for x, w in re.findall(r"([\d.]+) [\d.]+ ([\d.]+) 1 re", rows))
        if width < 0.5 or side * width < 20:
            small.append(f"{width:.2f} mm, {side * width:.1f} mm")
    wanted = sum(sheet["up"] for sheet in sheets_of(view) if sheet["qr"])
    check(len(drawn) == wanted and not small, f"{name} has {wanted} codes that are large enough to scan",
          f"{len(drawn)} drawn, too small: {small}")


def box_of(path, name):
    found = re.search(name + r"Box:\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)", run("pdfinfo", "-box", path).stdout)
    return [float(v) for v in found.groups()]


def check_flyer_boxes(name, view, path):
    """What is left after cutting, and ink 3 mm beyond it when the sheet asks for that."""
    sheet = sheets_of(view)[0]
    wide, high = finished(sheet)
    across = 2 if sheet["up"] > 1 else 1
    down = sheet["up"] // across
    gap = 2 * sheet["bleed"]
    trim, bleed = box_of(path, "Trim"), box_of(path, "Bleed")
    size = (trim[2] - trim[0], trim[3] - trim[1])
    right = (across * (wide + gap) - gap, down * (high + gap) - gap)
    check(all(abs(a - b * MM) < 0.1 for a, b in zip(size, right)), f"{name} says what is left after cutting",
          f"{size} {right}")
    check(all(abs(abs(a - b) - sheet["bleed"] * MM) < 0.1 for a, b in zip(trim, bleed)),
          f"{name} says how far the ink goes", f"{trim} {bleed}")
    if not sheet["bleed"]:
        return
    image = os.path.join(os.path.dirname(path), "ink")
    run("pdftoppm", "-r", "72", "-singlefile", path, image)
    with open(image + ".ppm", "rb") as file:
        _, dimensions, _, pixels = file.read().split(b"\n", 3)
    columns, lines = map(int, dimensions.split())
    want = tuple(int(sheet["colour"][i:i + 2], 16) for i in (1, 3, 5))
    places = [(trim[0] - 5, lines - trim[3] - 5), (trim[2] + 5, lines - trim[3] - 5), (trim[2] + 5, lines - trim[3] + 30)]
    dots = [tuple(pixels[3 * (int(y) * columns + int(x)):][:3]) for x, y in places]
    check(all(dot == want for dot in dots), f"{name} has colour beyond the cut", f"{dots} {want}")


def check_flyers(name, view, path, work):
    check_flyer_codes(name, view, work)
    check_flyer_modules(name, view, path)
    check_flyer_boxes(name, view, path)


def check_rosters(name, view, path):
    """The stand's copies hold no telephone number but the leader's, and say what they are; the leader's has all."""
    sheets = sheets_of(view)
    wrong = []
    for number, sheet in enumerate(sheets, 1):
        only = ["-f", str(number), "-l", str(number)] if len(sheets) > 1 else []
        text = " ".join(run("pdftotext", "-layout", *only, path, "-").stdout.split())
        numbers = set(re.findall(r"\b0\d{1,2}-\d{3} \d\d \d\d", text)) - {" ".join(sheet["leader_phone"].split())}
        stand = "Platsens exemplar" in text and "Passledarens" not in text
        if numbers if not sheet["copy_for"] else not numbers:
            wrong.append(f"sheet {number}: {numbers}")
        if stand == bool(sheet["copy_for"]) or f"Förstörs senast {sheet['destroy_by']}" not in text:
            wrong.append(f"sheet {number} does not say what it is")
    check(not wrong, f"{name} gives whole numbers to the shift leader only", "\n".join(wrong))


def check_months(name, view, path):
    """Day numbers stand in their weekday's column from the top down, weeks' numbers at the left of them."""
    wrong = []
    wide = (297 - 28 - 8) / 7
    months = [month for sheet in sheets_of(view) for month in sheet["months"]]
    for month, words in zip(months, words_on(path)):
        grid = [word for word in words if word[2] > 40 * MM and re.fullmatch(r"\d+", word[0])]
        weeks = [word[0] for word in sorted(grid, key=lambda word: word[2]) if word[1] < 22 * MM]
        if weeks != [week["week"] for week in month["weeks"]]:
            wrong.append(f"{month['name']}: weeks {weeks}")
        for i in range(7):
            left = (22 + i * wide) * MM
            days = [word[0] for word in sorted(grid, key=lambda word: word[2])
                    if left < word[1] < left + 4 * MM and word[4] - word[2] > 10]
            if days != [week["days"][i]["day"] for week in month["weeks"]]:
                wrong.append(f"{month['name']}: column {i}: {days}")
    check(not wrong, f"{name} has every day in its weekday's column", "\n".join(wrong))


def check_labels(name, layout, view, path, work):
    sheet = sheets_of(view)[0]
    pages = words_on(path)
    cells = list(label_cells(layout, sheet))
    lost = []
    for page, words in enumerate(pages):
        inside = [c for c in cells if c[0] == page]
        lost += [w[0] for w in words if not any(
            w[1] >= x * MM and core(w)[1] >= y * MM and w[3] <= (x + wide) * MM and core(w)[3] <= (y + high) * MM
            for _, x, y, wide, high in inside)]
    check(not lost, f"{name} has all text on its labels", " ".join(lost))
    silent = []
    for label, (page, x, y, wide, high) in zip(sheet["labels"], cells):
        image = os.path.join(work, "label")
        dots = [str(max(0, round(v * 150 / 25.4))) for v in (x, y, wide, high)]
        run("pdftoppm", "-r", "150", "-gray", "-singlefile", "-f", str(page + 1), "-x", dots[0], "-y", dots[1],
            "-W", dots[2], "-H", dots[3], path, image)
        found = run("zbarimg", "--nodbus", "-q", "--raw", image + ".pgm")
        if found.stdout.split() != [label["code"]]:
            silent.append(f"{label['code']}: {found.stdout.strip()}")
    check(not silent, f"{name} has a readable QR code on every label", "\n".join(silent))


def check_outside(name, path, view, work):
    done = run("qpdf", "--check", path)
    check(done.returncode == 0, f"{name} is sound for qpdf", done.stdout + done.stderr)
    fonts = run("pdffonts", path)
    rows = fonts.stdout.splitlines()[2:]
    # Columns from the right: object number (2), uni, sub, emb.
    good = rows and all(row.split()[-5:-2] == ["yes"] * 3 for row in rows)
    check(good, f"{name} has every face embedded, subset and searchable", fonts.stdout)
    info = run("pdfinfo", path)
    check("Title:" in info.stdout and "JavaScript:      no" in info.stdout,
          f"{name} has a title and no script", info.stdout)
    image = os.path.join(work, name)
    drawn = run("pdftoppm", "-r", "150", "-gray", path, image)
    check(not drawn.stderr and not fonts.stderr and not info.stderr,
          f"{name} makes poppler say nothing", drawn.stderr + fonts.stderr + info.stderr)
    if name.startswith("flyer"):
        check_flyers(name, view, path, work)
    elif not name.startswith("box-labels"):
        check_codes(name, view, work)


def codes_to_answer(name, sheets, pages):
    """What the first page of each questionnaire has besides its own code."""
    if not name.startswith(ANSWERS):
        return [None] * pages
    return ([sheet["qr"] for sheet in sheets] if len(sheets) == pages else [sheets[0]["qr"]] + [None] * (pages - 1))


def check_codes(name, view, work):
    """One on each page; on the last page of a delivery note one more, on the receipt."""
    expected = [sheet["code"] for sheet in sheets_of(view)]
    images = sorted(f for f in os.listdir(work) if re.fullmatch(re.escape(name) + r"-\d+\.pgm", f))
    read = set()
    silent = []
    for image, answer in zip(images, codes_to_answer(name, sheets_of(view), len(images))):
        found = run("zbarimg", "--nodbus", "-q", "--raw", os.path.join(work, image))
        lines = found.stdout.split()
        if answer:
            silent += [image] * (answer not in lines)
            lines = [line for line in lines if line != answer]
        receipt = name.startswith("delivery-note") and image == images[-1]
        if len(lines) != 1 + receipt:
            silent.append(image)
        read.update(lines)
        os.remove(os.path.join(work, image))
    check(not silent and read == set(expected),
          f"{name} has a readable QR code on every page", f"{silent} {read}")


def check_text(name, layout, path, texts, heads):
    done = run("pdftotext", "-layout", path, "-")
    text = " ".join(done.stdout.split())
    lost = [t for t in texts if " ".join(t.split()) not in text]
    check(not done.stderr and not lost, f"{name} can be searched for Swedish text", lost or done.stderr)
    on = sum(HEADS[layout] in page for page in done.stdout.split("\f"))
    check(on == heads, f"{name} has its table's head on {heads} pages", f"found on {on}")


def check_own_codes(name, view, path, work):
    """The first and last pages: all sheets look alike, and reading codes takes its time."""
    pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", path).stdout)[1])
    known = {sheet["code"] for sheet in sheets_of(view)}
    silent = []
    for page in sorted({1, pages}):
        image = os.path.join(work, "own")
        run("pdftoppm", "-r", "150", "-gray", "-singlefile", "-f", str(page), path, image)
        found = run("zbarimg", "--nodbus", "-q", "--raw", image + ".pgm").stdout.split()
        if not found or not known.issuperset(found):
            silent.append(f"page {page}: {found}")
    check(not silent, f"{name} has its sheet's QR code on a page", "\n".join(silent))


def check_own(valstuga, places):
    """What the program makes of a campaign with so many places."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        made = scene.Scene(valstuga, folder, places)
        for sheet in scene.SHEETS:
            name, view, path = made.print(sheet, places)
            done = run("qpdf", "--check", path)
            check(done.returncode == 0, f"{name} is sound for qpdf", done.stdout + done.stderr)
            check_places(name, sheet, path)
            with open(view, encoding="utf-8") as file:
                text = file.read() + run("pdftotext", path, "-").stdout
            told = [word for word in ("Bergqvist", "Wójcik", "070-999", "null null") if word in text]
            check(not told, f"{name} tells no surname or number of a carrier", told)
            if sheet == "box-labels":
                check_labels(name, sheet, view, path, work)
            else:
                check_own_codes(name, view, path, work)


def main():
    for places in (1, 60) if len(sys.argv) > 2 else ():
        check_own(sys.argv[2], places)
    names = [name for name in sorted(EXPECTED) if name.startswith(os.environ.get("ONLY", ""))]
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            layout = "flyer" if name.startswith("flyer") else name.rsplit("-", 1)[0]
            view = os.path.join(VIEWS, name + ".json")
            path, again = os.path.join(work, "a.pdf"), os.path.join(work, "b.pdf")
            pages, missing, problem = render(layout, view, "sv", path)
            check(pages is not None, f"{name} renders", problem)
            if pages is None:
                continue
            wanted, texts, heads = EXPECTED[name]
            check(pages == wanted, f"{name} has {wanted} pages", f"has {pages}")
            check(missing == 0, f"{name} has a glyph for every character", f"{missing} lack one")
            render(layout, view, "sv", again)
            with open(path, "rb") as one, open(again, "rb") as two:
                check(one.read() == two.read(), f"{name} is the same on the second run")
            check_outside(name, path, view, work)
            check_places(name, layout, without_watermark(layout, view, work) if layout in WATERMARKED else path)
            if layout == "box-labels":
                check_labels(name, layout, view, path, work)
            if layout == "calendar":
                check_months(name, view, path)
            if layout == "roster":
                check_rosters(name, view, path)
            check_text(name, layout, path, texts, heads)
            check(render(layout, view, "en", again)[0] is not None, f"{name} renders in English")
    finish()


main()
