"""Places: a postcode, the municipality it belongs to, where that lies and how rural it is."""

from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base


class Municipality(Base):
    """One postcode area of one municipality.

    `degurba` is Eurostat's degree of urbanization: 1 city, 2 town or suburb, 3 rural area.
    `name_key` is the folded name that towns in files are looked up by.
    """

    __tablename__ = "municipality"
    __table_args__ = (
        UniqueConstraint("country", "postcode", "name_key"),
        CheckConstraint("degurba BETWEEN 1 AND 3", name="degurba"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    country: Mapped[str] = mapped_column(String(2))
    postcode: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    official_key: Mapped[str | None] = mapped_column(String(16), index=True)
    district: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str | None] = mapped_column(String(100))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    degurba: Mapped[int | None]
