namespace Plimsoll.Apps.Seed;

/// <summary>Collects the mistakes of one file, one for each key, so that a person can mend them in one go.</summary>
internal sealed class SeedProblems(string fileName, SeedPlaces places)
{
    private const int Most = 200;

    private readonly List<SeedProblem> _found = [];
    private readonly HashSet<(SeedMark, string)> _known = [];

    public bool Any => _found.Count > 0;

    /// <summary>No more are taken: nobody reads a list longer than this.</summary>
    public bool IsFull => _found.Count >= Most;

    public SeedPlaces Places => places;

    public void Add(string key, string sentence) => Add(places.Of(key), key, sentence);

    /// <summary>The first mistake of a key stands; what follows from it is left out.</summary>
    public void Add(SeedMark at, string key, string sentence)
    {
        if (!IsFull && _known.Add((at, key)))
        {
            _found.Add(new SeedProblem(fileName, at, key, sentence));
        }
    }

    /// <summary>Takes over what a validation found under a section of the file.</summary>
    public void AddFields(string path, IReadOnlyDictionary<string, string> errors)
    {
        foreach (var (field, sentence) in errors)
        {
            Add(SeedPath.OfField(path, field), sentence);
        }
    }

    /// <exception cref="SeedException">There is at least one mistake.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new SeedException([.. _found.OrderBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)]);
        }
    }
}
