namespace Plimsoll.Deployments;

/// <summary>The id by which this Plimsoll knows its own containers. Set once, before anything else starts.</summary>
internal sealed class Installation
{
    private string? _id;

    public string Id
    {
        get => _id ?? throw new InvalidOperationException("The installation's id was asked for before it was read from the store.");
        set => _id = value;
    }

    /// <summary>The label, with its value, that all of its containers carry.</summary>
    public string Label => $"{Labels.Installation}={Id}";
}
