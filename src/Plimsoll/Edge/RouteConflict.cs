namespace Plimsoll.Edge;

/// <summary>Two routes asked for one host; the second one was left out of the table.</summary>
internal sealed record RouteConflict(Route Kept, Route LeftOut);
