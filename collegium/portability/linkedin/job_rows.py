"""The files about looking for work: applications, jobs put aside, wishes."""

from collections.abc import Iterator

from collegium.portability.linkedin.mapping import LeaveError, Row, make, reads
from collegium.portability.linkedin.things import JobApplication, JobWish, SavedJob, Thing


@reads("job_applications")
def application(row: Row) -> Iterator[Thing]:
    """An application."""
    company, title = row.text("Company Name"), row.text("Job Title")
    if not (company or title):
        raise LeaveError("missing", "Job Title")
    withdrawn = "WITHDRAWN" if row.text("Withdraw Date") else ""
    yield make(
        row,
        JobApplication,
        at=row.instant("Application Date"),
        company=company,
        title=title,
        link=row.link("Job Url"),
        email=row.text("Contact Email"),
        phone=row.text("Contact Phone Number"),
        resume=row.text("Resume Name"),
        answers=row.text("Question And Answers"),
        status=row.text("Status").upper() or withdrawn,
    )


@reads("saved_jobs")
def saved_job(row: Row) -> Iterator[Thing]:
    """A job put aside."""
    if not (title := row.text("Job Title")):
        raise LeaveError("missing", "Job Title")
    at, company = row.instant("Saved Date"), row.text("Company Name")
    yield make(row, SavedJob, at=at, company=company, title=title, link=row.link("Job Url"))


@reads("job_preferences")
def wish(row: Row) -> Iterator[Thing]:
    """What the member looks for."""
    lists = {
        "titles": "Job Titles",
        "places": "Locations",
        "industries": "Industries",
        "kinds": "Preferred Job Types",
    }
    yield make(
        row,
        JobWish,
        open=row.yes("Open To Recruiters"),
        introduction=row.text("Introduction Statement"),
        **{name: tuple(part for _label, part in row.packed(column)) for name, column in lists.items()},
    )
