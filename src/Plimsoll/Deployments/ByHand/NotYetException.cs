namespace Plimsoll.Deployments.ByHand;

/// <summary>The engine did not do it this time; the same is tried again later.</summary>
internal sealed class NotYetException(string why) : Exception(why);
