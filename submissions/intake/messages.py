"""The sentences of refusals, by key. The part of a key before the dot is the code that programs read.

They are marked for translation here and translated by whoever shows them, because this room knows no language.
"""


def N_(sentence: str) -> str:  # noqa: N802  the name that extraction looks for
    """Mark a sentence for extraction, without translating it."""
    return sentence


SENTENCES = {
    "empty": N_("“%(item)s” is empty. Check that it was saved, then upload it again."),
    "empty.page": N_("The page “%(item)s” holds nothing. Check that it was saved, then upload it again."),
    "empty.archive": N_("The archive “%(item)s” holds no file. Zip the folder of your site again."),
    "empty.chart": N_("The chart “%(item)s” draws nothing: its “data” list is empty."),
    "empty.drawing": N_("The drawing “%(item)s” draws nothing. Export it again."),
    "empty.specification": N_("The chart “%(item)s” draws nothing: it has no mark. Export it again."),
    "empty.notebook": N_("The notebook “%(item)s” has no cell with content. Save it, then upload it again."),
    "empty.pdf": N_("The PDF “%(item)s” has no page. Export it again."),
    "too-large": N_(
        "“%(item)s” weighs more than the %(limit)s MB allowed. Reduce its images or data, then upload it again."
    ),
    "too-many-files": N_(
        "“%(item)s” holds %(count)s files; at most %(limit)s are allowed. Zip only the finished site, without "
        "node_modules or sources."
    ),
    "not-allowed": N_(
        "“%(item)s” is of no kind accepted here. Accepted: an image (PNG, JPEG, WebP, AVIF or GIF), an SVG drawing, a "
        "PDF, a single HTML page, a website in a ZIP, a Jupyter notebook, a Plotly, Vega-Lite or Vega chart in JSON, "
        "an MP4 or WebM video."
    ),
    "not-allowed.format": N_(
        "“%(item)s” is a file of format %(format)s, not accepted here. Accepted: an image (PNG, JPEG, WebP, AVIF or "
        "GIF), an SVG drawing, a PDF, a single HTML page, a website in a ZIP, a Jupyter notebook, a Plotly, Vega-Lite "
        "or Vega chart in JSON, an MP4 or WebM video."
    ),
    "not-allowed.picture": N_(
        "“%(item)s” is a picture of a format that browsers do not show. Export it as PNG or JPEG, or a drawing as "
        "plain SVG, then upload that."
    ),
    "not-allowed.film": N_(
        "“%(item)s” is a film of a format that browsers do not play. Export it as MP4 with H.264, then upload that."
    ),
    "not-allowed.office": N_(
        "“%(item)s” is a document of an office program, which looks different on every computer. Export it as PDF, "
        "then upload that."
    ),
    "not-allowed.archive": N_(
        "“%(item)s” is an archive that is no ZIP. Unpack it, zip the folder of your site, then upload the ZIP."
    ),
    "not-allowed.project": N_(
        "“%(item)s” is the working file of a program that readers do not have. Export from it a web page, a PDF or a "
        "picture, and upload that; the file itself may go beside the work, as source."
    ),
    "not-allowed.source": N_(
        "“%(item)s” is source code or data, not something to look at. Upload what it makes (a page, a chart, a PDF, a "
        "picture); the file itself may go beside the work, as source."
    ),
    "not-allowed.link": N_(
        "“%(item)s” is only a link, and links die. Upload the work itself: its page, its folder in a ZIP, or an export."
    ),
    "not-allowed.saved-page": N_(
        "“%(item)s” is a web page saved in a form that not all browsers open. Save it as a complete HTML page, and zip "
        "it with its folder."
    ),
    "not-allowed.unfinished": N_(
        "“%(item)s” is a download that was not finished. Wait until it is, then upload the finished file."
    ),
    "not-allowed.json": N_(
        "“%(item)s” is JSON, but neither a Plotly chart, which has a “data” list of traces, nor a Vega-Lite or Vega "
        "specification. Export the figure again, or put the data in a website in a ZIP."
    ),
    "not-allowed.traces": N_(
        "“%(item)s” is a list of traces, not a Plotly figure. Export the whole figure, with its traces under “data”, "
        "then upload it again."
    ),
    "not-allowed.entities": N_(
        "“%(item)s” declares entities, which can make a drawing grow without end or read other files. Export it again "
        "as plain SVG."
    ),
    "not-allowed.local": N_(
        "“%(item)s” shows “%(file)s”, a file of your computer that nobody else can see. Embed the image in the "
        "drawing, then upload it again."
    ),
    "not-allowed.nbformat": N_(
        "“%(item)s” is a notebook of a format that is not read here. Open it in Jupyter, save it, then upload it again."
    ),
    "not-allowed.codec": N_(
        "“%(item)s” holds pictures of format %(codec)s, which browsers do not play. Export it as MP4 with H.264, or as "
        "WebM."
    ),
    "not-allowed.no-pictures": N_("“%(item)s” holds no moving pictures. Export it again with its pictures."),
    "not-allowed.annex": N_(
        "“%(item)s” is no source that can be kept here. Accepted: texts of programs, notebooks, tables, and archives "
        "(ZIP, TAR, 7Z) of them."
    ),
    "not-allowed.infected": N_(
        "The antivirus found %(signature)s in “%(item)s”. The file was not kept. Check your computer, then make the "
        "file again."
    ),
    "not-allowed.special": N_(
        "“%(item)s” in the archive is a device or another special file. Zip ordinary files and folders only."
    ),
    "not-allowed.method": N_("“%(item)s” is packed with a rare method. Zip again with the usual one (Deflate)."),
    "not-allowed.parts": N_("“%(item)s” is one part of a split archive. Zip again in one piece."),
    "not-allowed.name": N_(
        '“%(item)s” has a name that Windows cannot store. Rename it without the characters < > : " | ? *, without a '
        "dot or space at the end, and not as CON, PRN, AUX, NUL, COM1 or LPT1."
    ),
    "not-allowed.clash": N_(
        "“%(item)s” and “%(other)s” differ only by capitals, so one would replace the other. Rename one."
    ),
    "type-mismatch": N_(
        "“%(item)s” does not hold what its name says (%(expected)s). Export it again in that format, or correct the "
        "end of its name."
    ),
    "type-mismatch.found": N_(
        "“%(item)s” is named as %(expected)s but holds %(found)s. Correct the end of its name, or export it again."
    ),
    "type-mismatch.notebook": N_(
        "“%(item)s” is a Jupyter notebook named as JSON. Give its name the end .ipynb, then upload it again."
    ),
    "type-mismatch.also-zip": N_(
        "“%(item)s” is at once %(expected)s and a ZIP archive. Export it again, without the archive added at its end."
    ),
    "type-mismatch.behind": N_("“%(item)s” is a PDF with something else behind its end. Export the document again."),
    "type-mismatch.appended": N_("“%(item)s” is an image with another file hidden behind it. Export the image again."),
    "malformed": N_("“%(item)s” is damaged or cut short and cannot be read. Export it again, then upload it again."),
    "malformed.gave-up": N_(
        "Reading “%(item)s” takes too much time or memory. Make a simpler or smaller version, then upload it again."
    ),
    "malformed.json": N_("“%(item)s” is not valid JSON (line %(line)s). Export it again."),
    "malformed.constant": N_(
        "“%(item)s” holds %(constant)s, which no browser reads as JSON. Write null in its place, then upload it again."
    ),
    "malformed.encoding": N_("“%(item)s” is not valid UTF-8 text. Save it as UTF-8, then upload it again."),
    "malformed.depth": N_("“%(item)s” is nested more than %(limit)s levels deep. Make a simpler version."),
    "malformed.chart": N_(
        "“%(item)s” is not a valid Plotly chart: “data” must be a list of traces and “layout” an object."
    ),
    "malformed.specification": N_("“%(item)s” is not a valid Vega chart: “marks” must be a list of objects."),
    "malformed.notebook": N_("“%(item)s” is not a valid notebook. Open it in Jupyter, save it, then upload it again."),
    "malformed.xml": N_("“%(item)s” is not valid SVG (line %(line)s). Export it again."),
    "malformed.svg": N_(
        "“%(item)s” is XML but not an SVG drawing: its first element must be svg, with "
        'xmlns="http://www.w3.org/2000/svg". Export it again.'
    ),
    "malformed.archive": N_("The archive “%(item)s” is damaged or cut short. Zip the folder again."),
    "malformed.headers": N_(
        "The archive describes “%(item)s” in two ways that disagree. Zip the folder again with your system’s command."
    ),
    "malformed.content": N_("“%(item)s” in the archive is damaged. Zip the folder again."),
    "malformed.name": N_(
        "“%(item)s” in the archive has a name that cannot be stored: it is too long, or not in the characters that it "
        "claims. Rename it, then zip again."
    ),
    "malformed.hidden-sign": N_(
        "“%(item)s” in the archive has a sign in its name that nobody sees (shown here as �) and that can make it read "
        "as another name. Type the name anew, also where your pages use it, then zip again."
    ),
    "malformed.duplicate": N_("The archive holds “%(item)s” twice. Zip the folder again."),
    "zip-slip": N_(
        "“%(item)s” in the archive points outside the folder. Zip the folder of your site itself, with relative names."
    ),
    "symlink": N_(
        "“%(item)s” in the archive is a link to another file. Put the file itself in its place, then zip again."
    ),
    "encrypted": N_("“%(item)s” is protected by a password. Make the archive again without one."),
    "encrypted.pdf": N_(
        "The PDF “%(item)s” is protected by a password or by restrictions. Export it without protection."
    ),
    "zip-bomb": N_(
        "“%(item)s” would unpack to more than the %(limit)s MB allowed. Remove what is not needed, then zip again."
    ),
    "zip-bomb.ratio": N_(
        "“%(item)s” unpacks to more than %(limit)s times its size, as harmful archives do. Remove it, or store it in a "
        "compact format, then zip again."
    ),
    "zip-bomb.overlap": N_(
        "“%(item)s” shares its bytes with another file of the archive, as harmful archives do. Zip the folder again."
    ),
    "zip-bomb.size": N_(
        "“%(item)s” unpacks to another size than the archive says, as harmful archives do. Zip the folder again."
    ),
    "zip-bomb.nested": N_(
        "“%(item)s” is an archive that hides others or far more than it shows. Put the files themselves in the folder, "
        "then zip again."
    ),
    "no-entry-point": N_(
        "The archive “%(item)s” has no index.html at its root, in its only folder or in a built folder (dist, build, "
        "public, docs, _site). Name the first page index.html, then zip again."
    ),
    "no-entry-point.no-page": N_(
        "The archive “%(item)s” holds no web page. If the work is one file (a picture, a PDF, a notebook), upload that "
        "file by itself; if a program makes its pages (Shiny, Streamlit, PHP), export what they show."
    ),
    "no-entry-point.which": N_(
        "The archive “%(item)s” has several pages and no index.html: %(pages)s. Name the one that opens first "
        "index.html, then zip again."
    ),
    "no-entry-point.several": N_(
        "The archive “%(item)s” has an index.html in several folders and none at its root. Zip one site only."
    ),
    "no-entry-point.unbuilt": N_(
        "“%(item)s” is the source of a site that is not built yet. Build it (often: npm run build), then zip the built "
        "folder."
    ),
    "pixel-bomb": N_(
        "“%(item)s” has more than the %(limit)s million pixels allowed. Export it smaller, then upload it again."
    ),
    "pixel-bomb.compact": N_(
        "“%(item)s” has more than the %(limit)s million pixels allowed in its format. Export it smaller, or as PNG or "
        "JPEG, which may have %(poster)s million: enough for an A0 poster at 300 dots per inch."
    ),
    "pixel-bomb.frames": N_(
        "“%(item)s” has %(count)s frames; at most %(limit)s are allowed. Make it shorter, or export it as a video."
    ),
    "pixel-bomb.side": N_(
        "“%(item)s” says that it is more than %(limit)s pixels wide or high. Export it smaller, then upload it again."
    ),
}
