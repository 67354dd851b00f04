"""The tables of applications, a file for each noun."""

from collegium.applications.models.applications import Application, ApplicationQuerySet, Standing, Step
from collegium.applications.models.begun import Begun
from collegium.applications.models.cvs import Cv, GoneCv
from collegium.applications.models.sent import Given, Sent

__all__ = ["Application", "ApplicationQuerySet", "Begun", "Cv", "Given", "GoneCv", "Sent", "Standing", "Step"]
