"""Every table of every room in one metadata, for migrations and for tools that look at the whole schema."""

import challenges.briefs.models
import challenges.catalogue.following.models
import challenges.catalogue.harvest.models
import challenges.catalogue.impact.models
import challenges.catalogue.imports.models
import challenges.catalogue.links.models
import challenges.catalogue.merging.models
import challenges.catalogue.models
import challenges.catalogue.questions.models
import challenges.catalogue.snapshots.models
import challenges.editions.models
import challenges.ledger.models
import challenges.sponsors.agreements.models
import challenges.sponsors.eligibility.models
import challenges.sponsors.gifts.models
import challenges.sponsors.models
import challenges.sponsors.subsidies.models
import hackaviz.accounts.models
import hackaviz.kernel.audit
import hackaviz.kernel.jobs
import hackaviz.kernel.mail
import hackaviz.web.once
import judging.deliberation.models
import judging.panels.audience.models
import judging.panels.mentors.models
import judging.panels.models
import judging.panels.rounds.models
import judging.prizes.models
import judging.prizes.outcomes.models
import judging.results.certificates.models
import judging.results.letters.models
import judging.results.models
import judging.scoring.analysis.models
import judging.scoring.calibration.models
import judging.scoring.duels.models
import judging.scoring.method.models
import judging.scoring.models
import judging.sealing.models
import submissions.entries.annexes.models
import submissions.entries.listing.models
import submissions.entries.models
import submissions.entries.scans.models
import submissions.entries.transfers.models
import submissions.teams.models
import submissions.viewer.checks.models
import submissions.viewer.copies.models
import submissions.viewer.models
from hackaviz.kernel.database import Base

metadata = Base.metadata
